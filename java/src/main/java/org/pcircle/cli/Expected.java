package org.pcircle.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Described;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.GivenFile;
import org.pcircle.fs.PathText;
import org.pcircle.manifest.ManifestReader;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.plan.Detail;
import org.pcircle.plan.UsageException;

/**
 * What --check compares with: a signature file or a manifest, which has been found whole.
 *
 * @param path as the user gave it
 */
record Expected(byte[] path, SignatureFile header, boolean hasEntries) {

    /** Reads all of the file, to refuse a damaged one before anything else is read. */
    static Expected read(byte[] path) throws UsageException {
        try (ManifestReader reader = new ManifestReader(GivenFile.open(path))) {
            if (reader.hasEntries() && Entry.of(Described.at(path, true)).type() != Entry.REGULAR) {
                throw new UsageException(
                        "--check=" + PathText.shown(path) + ": a manifest is read twice, so it must be a regular file");
            }
            reader.check();
            return new Expected(path, reader.header(), reader.hasEntries());
        } catch (IOException e) {
            throw new UsageException("--check=" + PathText.shown(path) + ": " + e.getMessage());
        }
    }

    /** The file once more, from its beginning; the caller closes it. */
    ManifestReader open() throws IOException {
        return new ManifestReader(GivenFile.open(path));
    }

    /** What must be known of each entry to compare it. */
    Detail detail() {
        return hasEntries ? header.leaves() ? Detail.LEAVES : Detail.ENTRIES : Detail.NONE;
    }

    /** Refuses to write a manifest where this one is, which is still read when that is begun. */
    void requireOther(byte[] manifestFile) throws UsageException {
        if (isSame(manifestFile)) {
            throw new UsageException(
                    "--manifest=" + PathText.shown(manifestFile) + ": this is the file that --check compares with");
        }
    }

    private boolean isSame(byte[] other) {
        try {
            return Entry.of(Described.at(path, true)).isSame(Entry.of(Described.at(other, true)));
        } catch (FileException e) {
            return false; // There is no other yet.
        }
    }

    /** Refuses options by which there could be nothing to compare. */
    void requireSuits(@Nullable Algorithm digest, boolean metadata) throws UsageException {
        if (digest != null && digest != header.signature().algorithm()) {
            throw new UsageException("--check=" + PathText.shown(path) + ": it was made with --digest="
                    + header.signature().algorithm().label());
        }
        if (metadata && !header.signature().metadata()) {
            throw new UsageException("--check=" + PathText.shown(path) + ": it was made without --metadata");
        }
    }
}

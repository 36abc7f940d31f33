package org.pcircle.cli.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.InputFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Stat;
import org.pcircle.manifest.ManifestReader;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.UsageException;

/**
 * The baseline of --check: a line of fsum, a signature file or a manifest, which was read and found undamaged.
 *
 * @param path as the user gave it
 * @param copy of a file that can be read only once; null: it can be read again
 */
record CheckBaseline(
        byte[] path,
        SignatureFile header,
        boolean hasEntries,
        @Nullable SpooledCopy copy) {

    /** Reads the whole file, to reject a damaged one before the trees are read. */
    static CheckBaseline read(InputFiles inputs, byte[] path) throws UsageException {
        try (InputStream given = inputs.open(CommandOption.CHECK, path)) {
            if (isRegular(path)) {
                return read(path, given, null);
            }
            SpooledCopy copy = SpooledCopy.create();
            return read(path, copy.of(given), copy);
        } catch (IOException e) {
            throw InputFiles.unreadable(CommandOption.CHECK, path, e.getMessage());
        }
    }

    private static CheckBaseline read(byte[] path, InputStream file, @Nullable SpooledCopy copy) throws IOException {
        ManifestReader reader = new ManifestReader(file);
        reader.check();
        return new CheckBaseline(path, reader.header(), reader.hasEntries(), copy);
    }

    private static boolean isRegular(byte[] path) {
        try {
            return !Arrays.equals(path, InputFiles.STANDARD_INPUT)
                    && Entry.of(Stat.at(path, true)).type() == Entry.REGULAR;
        } catch (FileException e) {
            return false;
        }
    }

    /** The paths that it is of, as they were given when it was made. */
    List<byte[]> paths() throws UsageException {
        if (header.paths().isEmpty()) {
            throw new UsageException("--check=" + PathText.shown(path) + ": it names no path: give PATH");
        }
        return header.paths();
    }

    /** Opens the file again; the caller closes it. */
    ManifestReader open() throws IOException {
        return new ManifestReader(copy == null ? InputFile.open(path) : copy.read());
    }

    /** The level of detail needed to compare entries. */
    ManifestDetail detail() {
        return hasEntries ? header.leaves() ? ManifestDetail.LEAVES : ManifestDetail.ENTRIES : ManifestDetail.NONE;
    }

    /** Fails for options with which nothing could be compared. */
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

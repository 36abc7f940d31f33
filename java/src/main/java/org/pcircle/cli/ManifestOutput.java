package org.pcircle.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.Signature;
import org.pcircle.fs.OwnFile;
import org.pcircle.fs.PathText;
import org.pcircle.manifest.ManifestComparison;
import org.pcircle.manifest.ManifestReader;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.manifest.ManifestWriter;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.work.ManifestUse;

/** What fsum makes at rank 0 of the records of all entries: a manifest, a comparison with another one, or both. */
final class ManifestOutput implements ManifestUse {

    private static final int BUFFER_BYTES = 1 << 16;

    private final byte @Nullable [] manifestFile;
    private final boolean leaves;
    private final List<byte[]> paths;
    private final int creationMask;
    private final @Nullable Expected expected;
    private final boolean metadata;
    private final Consumer<byte[]> lines;

    private @Nullable OutputStream file;
    private @Nullable ManifestWriter writer;
    private @Nullable ManifestReader reader;
    private @Nullable ManifestComparison comparison;
    private @Nullable String failure;
    private boolean isWhole;
    private boolean differs;

    /**
     * @param manifestFile to be written; null: none
     * @param leaves whether that has the digests of leaves
     * @param paths as the user gave them
     * @param creationMask the user's
     * @param expected to compare with; null: nothing
     * @param metadata whether the signature covers it
     * @param lines takes differences for the user, each with its end
     */
    ManifestOutput(
            byte @Nullable [] manifestFile,
            boolean leaves,
            List<byte[]> paths,
            int creationMask,
            @Nullable Expected expected,
            boolean metadata,
            Consumer<byte[]> lines) {
        this.manifestFile = manifestFile;
        this.leaves = leaves;
        this.paths = paths;
        this.creationMask = creationMask;
        this.expected = expected;
        this.metadata = metadata;
        this.lines = lines;
    }

    @Override
    public void begin(DatasetSum signed, boolean whole) {
        isWhole = whole;
        Signature signature = signed.signature(metadata, signed.algorithm().newHasher());
        attempt(() -> {
            if (manifestFile != null && whole) {
                file = new BufferedOutputStream(OwnFile.create(manifestFile, creationMask), BUFFER_BYTES);
                writer = new ManifestWriter(file, SignatureFile.of(signature, signed, Instant.now(), leaves, paths));
            }
            if (expected != null) {
                compare(expected, signature);
            }
        });
    }

    private void compare(Expected with, Signature signature) throws IOException {
        boolean isSame = isWhole
                && Arrays.equals(signature.value(), with.header().signature().value());
        if (with.hasEntries() && !isSame) {
            reader = with.open();
            comparison = new ManifestComparison(reader, lines);
        } else {
            differs = isWhole && !isSame;
        }
    }

    @Override
    public void take(ManifestRecord record) {
        attempt(() -> {
            boolean isWritten = leaves || !(record instanceof ManifestRecord.Leaves);
            if (writer != null && isWritten) {
                writer.take(record);
            }
            if (comparison != null) {
                comparison.take(record);
            }
        });
    }

    @Override
    public void end() {
        attempt(() -> {
            if (writer != null) {
                writer.end();
            }
            if (comparison != null) {
                comparison.end();
                differs = comparison.differences() > 0;
            }
        });
        attempt(() -> {
            if (file != null) {
                file.close();
            }
            if (reader != null) {
                reader.close();
            }
        });
    }

    /** What failed, in words; null if nothing did. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Whether the tree is not what it should be. */
    boolean hasMismatch() {
        return differs;
    }

    /** What the comparison came to, as a line for the user; null if there was none. */
    @Nullable
    String verdict() {
        if (expected == null || failure != null || !(isWhole || differs)) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (byte[] path : paths) {
            line.append(line.length() == 0 ? "" : " ").append(PathText.shown(path));
        }
        line.append(differs ? ": differs from " : ": matches ").append(PathText.shown(expected.path()));
        if (differs && comparison != null) {
            line.append(": ").append(comparison);
        }
        return line.toString();
    }

    private interface Step {
        void run() throws IOException;
    }

    /** After the first failure nothing more is done; it is said at the end of the run. */
    private void attempt(Step step) {
        if (failure != null) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            failure = e.getMessage();
        }
    }
}

package org.pcircle.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
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
    private final Attempts writing = new Attempts();
    private final Attempts comparing = new Attempts();
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
        if (manifestFile != null && whole) {
            SignatureFile head = SignatureFile.of(signature, signed, Instant.now(), leaves, paths);
            writing.attempt(() -> {
                file = new BufferedOutputStream(OwnFile.create(manifestFile, creationMask), BUFFER_BYTES);
                writer = new ManifestWriter(file, head);
            });
        }
        if (expected != null) {
            comparing.attempt(() -> compare(expected, signature));
        }
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
        boolean isWritten = leaves || !(record instanceof ManifestRecord.Leaves);
        ManifestWriter written = writer;
        if (written != null && isWritten) {
            writing.attempt(() -> written.take(record));
        }
        ManifestComparison compared = comparison;
        if (compared != null) {
            comparing.attempt(() -> compared.take(record));
        }
    }

    @Override
    public void end() {
        if (writer != null) {
            writing.attempt(writer::end);
        }
        if (file != null) {
            writing.attempt(file::close);
        }
        ManifestComparison compared = comparison;
        if (compared != null) {
            comparing.attempt(() -> {
                compared.end();
                differs = compared.differences() > 0;
            });
        }
        if (reader != null) {
            comparing.attempt(reader::close);
        }
    }

    /** What failed, in words. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (manifestFile != null && writing.failure != null) {
            failures.add(PathText.shown(manifestFile) + ": cannot be written: " + writing.failure);
        }
        if (expected != null && comparing.failure != null) {
            failures.add(PathText.shown(expected.path()) + ": cannot be compared with: " + comparing.failure);
        }
        return failures;
    }

    /** Whether the tree is not what it should be. */
    boolean hasMismatch() {
        return differs;
    }

    /** What the comparison came to, as a line for the user; null if there was none. */
    @Nullable
    String verdict() {
        if (expected == null || comparing.failure != null || !(isWhole || differs)) {
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

    /** What is done with one file: after the first failure nothing more is; it is said at the end of the run. */
    private static final class Attempts {

        @Nullable
        String failure;

        void attempt(Step step) {
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
}

package org.pcircle.cli.job;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.Signature;
import org.pcircle.fs.PathText;
import org.pcircle.fs.UserOutput;
import org.pcircle.manifest.ManifestComparison;
import org.pcircle.manifest.ManifestReader;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.manifest.ManifestWriter;
import org.pcircle.manifest.SignatureFile;
import org.pcircle.work.manifest.ManifestSink;

/** The consumer of all manifest records at rank 0: writes a manifest, compares with another one, or both. */
final class ManifestOutput implements ManifestSink {

    private final OutputFiles files;
    private final boolean leaves;
    private final List<byte[]> paths;
    private final @Nullable CheckBaseline baseline;
    private final boolean metadata;
    private final Consumer<byte[]> lines;
    private final BooleanSupplier isReaderGone;

    private @Nullable UserOutput file;
    private @Nullable ManifestWriter writer;
    private @Nullable ManifestReader reader;
    private @Nullable ManifestComparison comparison;
    private final Attempts writing = new Attempts();
    private final Attempts comparing = new Attempts();
    private boolean isWhole;
    private boolean differs;

    /**
     * @param files output files, with the manifest if one is requested
     * @param leaves whether the manifest has the digests of leaves
     * @param paths as the user gave them
     * @param baseline to compare with; null: nothing
     * @param metadata whether the signature covers it
     * @param lines takes differences for the user, each with its end
     * @param isReaderGone whether the output has no reader any more
     */
    ManifestOutput(
            OutputFiles files,
            boolean leaves,
            List<byte[]> paths,
            @Nullable CheckBaseline baseline,
            boolean metadata,
            Consumer<byte[]> lines,
            BooleanSupplier isReaderGone) {
        this.files = files;
        this.leaves = leaves;
        this.paths = paths;
        this.baseline = baseline;
        this.metadata = metadata;
        this.lines = lines;
        this.isReaderGone = isReaderGone;
    }

    @Override
    public void begin(DatasetSum signed, boolean whole) {
        isWhole = whole;
        Signature signature = signed.signature(metadata, signed.algorithm().newHasher());
        if (files.has(CommandOption.MANIFEST) && whole) {
            SignatureFile head = SignatureFile.of(signature, signed, Instant.now(), leaves, paths);
            writing.attempt(() -> {
                file = files.open(CommandOption.MANIFEST);
                writer = new ManifestWriter(file, head);
            });
        }
        if (baseline != null) {
            comparing.attempt(() -> compare(baseline, signature));
        }
    }

    private void compare(CheckBaseline with, Signature signature) throws IOException {
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
    public boolean isWanted() {
        return files.isFile(CommandOption.MANIFEST) || !isReaderGone.getAsBoolean();
    }

    @Override
    public void end() {
        UserOutput written = file;
        ManifestWriter last = writer;
        if (written != null && last != null) {
            writing.attempt(() -> {
                last.end();
                written.complete();
            });
            writing.close(written);
        }
        ManifestComparison compared = comparison;
        if (compared != null) {
            comparing.attempt(() -> {
                if (isWanted()) {
                    compared.end();
                }
                differs = compared.differences() > 0;
            });
        }
        if (reader != null) {
            comparing.attempt(reader::close);
        }
    }

    /** The failures, in words. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (writing.failure != null) {
            failures.add(files.shown(CommandOption.MANIFEST) + ": cannot be written: " + writing.failure);
        }
        if (baseline != null && comparing.failure != null) {
            failures.add(PathText.shown(baseline.path()) + ": cannot be compared with: " + comparing.failure);
        }
        return failures;
    }

    /** Whether the tree differs from the baseline. */
    boolean hasMismatch() {
        return differs;
    }

    /** The result of the comparison, as a line for the user; null if there was none. */
    @Nullable
    String verdict() {
        if (baseline == null || comparing.failure != null || !(isWhole || differs)) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        for (byte[] path : paths) {
            line.append(line.length() == 0 ? "" : " ").append(PathText.shown(path));
        }
        line.append(differs ? ": differs from " : ": matches ").append(PathText.shown(baseline.path()));
        if (differs && comparison != null) {
            line.append(": ").append(comparison);
        }
        return line.toString();
    }

    private interface Step {
        void run() throws IOException;
    }

    /**
     * An action on one file: after the first failure, which is reported at the end of the run, nothing more is done.
     */
    private static final class Attempts {

        @Nullable
        String failure;

        private boolean isOver;

        void attempt(Step step) {
            if (isOver) {
                return;
            }
            run(step);
        }

        /** Whatever has failed before. */
        void close(Closeable file) {
            run(file::close);
        }

        private void run(Step step) {
            try {
                step.run();
            } catch (IOException e) {
                isOver = true;
                failure = failure != null || OutputFiles.isReaderGone(e) ? failure : e.getMessage();
            }
        }
    }
}

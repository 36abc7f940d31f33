package org.pcircle.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.plan.Detail;
import org.pcircle.plan.Filter;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.Transport;
import org.pcircle.work.Post;
import org.pcircle.work.SumWorkload;
import org.pcircle.work.TreeWorkload;

/** A run of fsum. */
final class SumJob extends Job {

    private final FsumSettings settings;

    /** At rank 0, what is made of what is known of the entries; null: nothing. */
    private @Nullable ManifestOutput manifest;

    SumJob(FsumSettings settings, Transport transport, Console console) {
        super(Command.FSUM, settings.run(), transport, console);
        this.settings = settings;
    }

    @Override
    Plan plan(String id, Filter filter, int workers, long seed) throws UsageException {
        Algorithm algorithm = settings.digest() == null ? Algorithm.XXH64 : settings.digest();
        boolean metadata = settings.metadata();
        Detail detail = settings.detail();
        Expected expected = null;
        if (settings.checkFile() != null) {
            expected = Expected.read(settings.checkFile());
            expected.requireSuits(settings.digest(), metadata);
            algorithm = expected.header().signature().algorithm();
            metadata = expected.header().signature().metadata();
            detail = detail.compareTo(expected.detail()) < 0 ? expected.detail() : detail;
        }
        if (expected != null || settings.manifestFile() != null) {
            boolean leaves = settings.detail() == Detail.LEAVES;
            manifest = new ManifestOutput(
                    settings.manifestFile(), leaves, settings.paths(), creationMask(), expected, metadata, this::print);
        }
        return Plan.sum(
                id,
                PathRules.roots(settings.paths()),
                filter,
                settings.run().oneFileSystem(),
                algorithm,
                metadata,
                detail,
                settings.run().chunkBytes(),
                workers,
                settings.run().reduceIntervalMs(),
                seed);
    }

    @Override
    TreeWorkload newWorkload(Plan plan, Post post) {
        return new SumWorkload(plan, post, manifest);
    }

    /** Beside the result, which is the only line on stdout. */
    @Override
    void showSummary(String text, Console shown) {
        shown.note(text);
    }

    @Override
    void warn(Plan plan, long[] counters, Console shown) {}

    @Override
    List<byte[]> signedPaths() {
        return settings.paths();
    }

    @Override
    String undone() {
        return "could be read";
    }

    @Override
    @Nullable
    String failure() {
        return manifest == null ? null : manifest.failure();
    }

    @Override
    boolean hasMismatch() {
        return manifest != null && manifest.hasMismatch();
    }

    @Override
    @Nullable
    String verdict() {
        return manifest == null ? null : manifest.verdict();
    }
}

package org.pcircle.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.PathText;
import org.pcircle.plan.Detail;
import org.pcircle.plan.Filter;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
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
        Expected expected = expected();
        if (expected != null) {
            expected.requireSuits(settings.digest(), metadata);
            algorithm = expected.header().signature().algorithm();
            metadata = expected.header().signature().metadata();
            detail = detail.compareTo(expected.detail()) < 0 ? expected.detail() : detail;
        }
        List<Root> roots = PathRules.roots(settings.paths());
        Plan plan = Plan.sum(
                id,
                roots,
                filter.leavingOut(ownFiles(roots)),
                settings.run().oneFileSystem(),
                algorithm,
                metadata,
                detail,
                settings.run().checkpoints().begun(roots),
                settings.run().chunkBytes(),
                workers,
                settings.run().reduceIntervalMs(),
                seed);
        useManifest(plan, expected);
        return plan;
    }

    @Override
    Plan resumed(EarlierRun run, int workers) throws UsageException {
        Plan plan = run.plan(settings.paths(), null, workers, settings.run().reduceIntervalMs());
        Expected expected = expected();
        if (expected != null) {
            expected.requireSuits(plan.signature(), plan.metadata());
        }
        Detail wanted = expected == null || settings.detail().compareTo(expected.detail()) > 0
                ? settings.detail()
                : expected.detail();
        if (wanted != plan.detail()) {
            throw new UsageException("--manifest and --check must be given as they were when the run was begun");
        }
        useManifest(plan, expected);
        return plan;
    }

    @Override
    List<byte[]> givenPaths() {
        return settings.paths();
    }

    @Override
    byte @Nullable [] destination() {
        return null;
    }

    /** What the run itself writes into a tree that it reads, or compares with, so that it can be no part of that. */
    private List<byte[]> ownFiles(List<Root> roots) {
        List<byte[]> files = new ArrayList<>(outputs().paths());
        if (settings.checkFile() != null) {
            files.add(settings.checkFile());
        }
        List<byte[]> found = FilesInTrees.among(files, roots);
        if (!found.isEmpty()) {
            String names = found.stream().map(PathText::shown).collect(Collectors.joining(", "));
            tell("left out: " + names + ", which this run writes, or compares with");
        }
        return found;
    }

    private @Nullable Expected expected() throws UsageException {
        return settings.checkFile() == null ? null : Expected.read(inputs(), settings.checkFile());
    }

    private void useManifest(Plan plan, @Nullable Expected expected) {
        if (expected != null || outputs().has(CommandOption.MANIFEST)) {
            manifest = new ManifestOutput(
                    outputs(),
                    settings.detail() == Detail.LEAVES,
                    signedPaths(plan),
                    expected,
                    plan.metadata(),
                    this::print,
                    this::isReaderGone);
        }
    }

    @Override
    TreeWorkload newWorkload(Plan plan, Post post) {
        return new SumWorkload(plan, post, manifest);
    }

    @Override
    boolean onlyPrints() {
        return true;
    }

    /** Beside the result, which is the only line on stdout. */
    @Override
    void showSummary(String text, Console shown) {
        shown.note(text);
    }

    @Override
    void warn(Plan plan, long[] counters, Console shown) {}

    @Override
    String undone() {
        return "could be read";
    }

    @Override
    List<String> failures() {
        return manifest == null ? List.of() : manifest.failures();
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

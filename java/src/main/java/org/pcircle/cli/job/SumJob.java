package org.pcircle.cli.job;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.FsumSettings;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.PathText;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunNames;
import org.pcircle.plan.Selection;
import org.pcircle.plan.SumPlan;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.Transport;
import org.pcircle.workload.SumWorkload;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkloadContext;

/** A run of fsum. */
public final class SumJob implements ResumablePlanner.Plans, EndReport {

    private static final ResumableTask TASK = new ResumableTask(SumPlan.class, "begin it again");

    private final FsumSettings settings;
    private final JobIo io;

    /** At rank 0, the manifest or comparison; null: none. */
    private @Nullable ManifestOutput manifest;

    private SumJob(FsumSettings settings, JobIo io) {
        this.settings = settings;
        this.io = io;
    }

    /** For one rank; the caller closes the transport. Clears the umask of this process. */
    public static Job of(FsumSettings settings, Transport transport, Console console) {
        RunSettings run = settings.run();
        JobIo io = JobIo.open(console, transport.size() > 1, run.quiet());
        SumJob sum = new SumJob(settings, io);
        ResumablePlanner planner = new ResumablePlanner(run, io.inputs(), sum.operands(), TASK, sum);
        return new Job(new JobHooks(Command.FSUM, sum.operands(), planner, sum::newWorkload, sum), run, transport, io);
    }

    private Operands operands() {
        return new Operands(settings.paths(), null);
    }

    @Override
    public Plan begin(String id, Selection selection, int workers, long seed) throws UsageException {
        Algorithm algorithm = settings.digest() == null ? Algorithm.XXH64 : settings.digest();
        boolean metadata = settings.metadata();
        ManifestDetail detail = settings.detail();
        CheckBaseline baseline = baseline();
        if (baseline != null) {
            baseline.requireSuits(settings.digest(), metadata);
            algorithm = baseline.header().signature().algorithm();
            metadata = baseline.header().signature().metadata();
            detail = detail.compareTo(baseline.detail()) < 0 ? baseline.detail() : detail;
        }
        List<Root> roots = PathRules.roots(paths(baseline));
        Selection others = new Selection(selection.filter().leavingOut(ownFiles(roots)), selection.oneFileSystem());
        Plan plan = new Plan(
                id,
                RunNames.unusualState(id),
                roots,
                others,
                new SumPlan(algorithm, metadata, detail),
                settings.run().options(roots, workers, seed));
        useManifest(plan, baseline);
        return plan;
    }

    @Override
    public void resume(Plan plan) throws UsageException {
        CheckBaseline baseline = baseline();
        if (baseline != null) {
            baseline.requireSuits(plan.task().signature(), plan.task().metadata());
        }
        ManifestDetail wanted = baseline == null || settings.detail().compareTo(baseline.detail()) > 0
                ? settings.detail()
                : baseline.detail();
        if (wanted != plan.task().detail()) {
            throw new UsageException("--manifest and --check must be given as they were when the run was begun");
        }
        useManifest(plan, baseline);
    }

    private List<byte[]> paths(@Nullable CheckBaseline baseline) throws UsageException {
        return settings.paths().isEmpty() && baseline != null ? baseline.paths() : settings.paths();
    }

    /** Paths of files in the trees that the run itself writes or compares with; they are left out. */
    private List<byte[]> ownFiles(List<Root> roots) {
        List<byte[]> files = new ArrayList<>(io.outputs().paths());
        if (settings.checkFile() != null) {
            files.add(settings.checkFile());
        }
        List<byte[]> found = FilesInTrees.among(files, roots);
        if (!found.isEmpty()) {
            String names = found.stream().map(PathText::shown).collect(Collectors.joining(", "));
            io.tell("left out: " + names + ", which this run writes, or compares with");
        }
        return found;
    }

    private @Nullable CheckBaseline baseline() throws UsageException {
        return settings.checkFile() == null ? null : CheckBaseline.read(io.inputs(), settings.checkFile());
    }

    private void useManifest(Plan plan, @Nullable CheckBaseline baseline) {
        if (baseline != null || io.outputs().has(CommandOption.MANIFEST)) {
            manifest = new ManifestOutput(
                    io.outputs(),
                    settings.detail() == ManifestDetail.LEAVES,
                    operands().signed(plan),
                    baseline,
                    plan.task().metadata(),
                    io::print,
                    io.console()::isReaderGone);
        }
    }

    private TreeWorkload newWorkload(Plan plan, WorkloadContext context) {
        return new SumWorkload(plan, context, manifest);
    }

    /** False: the signature is the only line on stdout. */
    @Override
    public boolean isSummaryResult() {
        return false;
    }

    @Override
    public boolean onlyPrints() {
        return true;
    }

    @Override
    public @Nullable ManifestOutput manifest() {
        return manifest;
    }

    @Override
    public String undone() {
        return "could be read";
    }
}

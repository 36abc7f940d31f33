package org.pcircle.cli.job;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.FcpSettings;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.fs.Entry;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.PathText;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunDirectoryName;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;
import org.pcircle.plan.WalkExtent;
import org.pcircle.report.Counter;
import org.pcircle.report.Quantity;
import org.pcircle.report.Summary;
import org.pcircle.transport.Transport;
import org.pcircle.work.filesfrom.FilesFrom;
import org.pcircle.workload.CopyWorkload;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkloadContext;

/** A run of fcp. */
public final class CopyJob implements ResumablePlanner.Plans, EndReport {

    private static final ResumableTask TASK =
            new ResumableTask(CopyPlan.class, "begin it again with --update=differing");

    private final FcpSettings settings;
    private final JobIo io;

    /** At rank 0, the list of --files-from; null: everything is copied. */
    private @Nullable FilesFrom filesFrom;

    /** At rank 0 of a new run: other runs in the destination, as they were when it was planned. */
    private @Nullable LeftBehind leftBehind;

    private CopyJob(FcpSettings settings, JobIo io) {
        this.settings = settings;
        this.io = io;
    }

    /** For one rank; the caller closes the transport. Clears the umask of this process. */
    public static Job of(FcpSettings settings, Transport transport, Console console) {
        RunSettings run = settings.run();
        JobIo io = JobIo.open(console, transport.size() > 1, run.quiet());
        CopyJob copy = new CopyJob(settings, io);
        ResumablePlanner planner = new ResumablePlanner(run, io.inputs(), copy.operands(), TASK, copy);
        return new Job(
                new JobHooks(Command.FCP, copy.operands(), planner, copy::newWorkload, copy), run, transport, io);
    }

    private Operands operands() {
        byte[] destination = settings.destination().path();
        return new Operands(settings.sources(), destination.length == 0 ? null : destination);
    }

    @Override
    public Plan begin(String id, Selection selection, int workers, long seed) throws UsageException {
        filesFrom = filesFrom();
        List<Root> roots = PathRules.roots(
                settings.sources(),
                settings.destination(),
                settings.existing(),
                settings.delete(),
                new WalkExtent(selection, filesFrom != null));
        if (filesFrom != null && !Entry.of(roots.get(0).record()).isDirectory()) {
            throw new UsageException(
                    PathText.shown(settings.sources().get(0)) + ": --files-from names entries of a directory");
        }
        leftBehind = LeftBehind.in(roots, id);
        Instant doubtfulSince =
                settings.existing() == ExistingPolicy.UPDATE_OLDER ? leftBehind.doubtfulSince() : Instant.MAX;
        return new Plan(
                id,
                RunDirectoryName.of(roots, id),
                roots,
                selection,
                settings.plan(io.creationMask(), doubtfulSince),
                settings.run().options(roots, workers, seed));
    }

    @Override
    public @Nullable String note(Plan plan) {
        LeftBehind others = leftBehind == null ? LeftBehind.in(plan.roots(), plan.id()) : leftBehind;
        return others.line(plan.copy().existing());
    }

    private @Nullable FilesFrom filesFrom() throws UsageException {
        byte[] path = settings.filesFrom();
        if (path == null) {
            return null;
        }
        try {
            InputStream source = io.inputs().open(CommandOption.FILES_FROM, path);
            return new FilesFrom(source, (byte) (settings.nulEnded() ? 0 : '\n'));
        } catch (IOException e) {
            throw InputFiles.unreadable(CommandOption.FILES_FROM, path, e.getMessage());
        }
    }

    private TreeWorkload newWorkload(Plan plan, WorkloadContext context) {
        return new CopyWorkload(plan, context, filesFrom, io.printer());
    }

    @Override
    public boolean isSummaryResult() {
        return true;
    }

    @Override
    public boolean onlyPrints() {
        return settings.dryRun();
    }

    @Override
    public String text(Summary summary) {
        return settings.dryRun() ? summary.previewText() : summary.text();
    }

    @Override
    public boolean ignoresVanished() {
        return settings.ignoreVanished();
    }

    /** Warns of attributes that were not preserved, and not required, and of deletions that errors prevented. */
    @Override
    public List<String> warnings(Plan plan, long[] counters) {
        List<String> warnings = new ArrayList<>();
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            long notPreserved = Counter.notPreserved(kind).in(counters);
            if (notPreserved > 0 && !plan.copy().preserve().required().contains(kind)) {
                warnings.add("warning: " + kind.word() + " could not be kept of " + Quantity.count(notPreserved)
                        + (notPreserved == 1 ? " entry" : " entries"));
            }
        }
        if (Counter.UNPROVEN.in(counters) > 0) {
            warnings.add("warning: the destination keeps its data in memory alone, so reading it back proves little");
        }
        long tooMany = Counter.NOT_DELETED.in(counters);
        if (tooMany > 0) {
            String limit =
                    "--max-delete=" + plan.copy().deleteMax() + ": " + Quantity.count(tooMany, "entry", "entries");
            warnings.add(
                    Counter.DELETED.in(counters) == 0
                            ? limit + " would be deleted, so nothing is; --max-delete=" + tooMany + " allows that"
                            : limit + " that came to lack their source after the count were not deleted");
        } else if (plan.copy().delete() && Counter.FAULTS.in(counters) > 0 && Counter.DELETED.in(counters) == 0) {
            warnings.add("warning: nothing was deleted, as there were errors");
        }
        return warnings;
    }

    @Override
    public String undone() {
        return "was copied as it is";
    }
}

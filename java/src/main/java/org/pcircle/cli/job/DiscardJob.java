package org.pcircle.cli.job;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.settings.DiscardSettings;
import org.pcircle.fs.OpenFile;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.DiscardPlan;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;
import org.pcircle.report.Counter;
import org.pcircle.report.Quantity;
import org.pcircle.report.Summary;
import org.pcircle.transport.Transport;
import org.pcircle.workload.DiscardWorkload;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkloadContext;

/** A run of fcp that discards a stopped run. */
public final class DiscardJob implements Planner, EndReport {

    private final DiscardSettings settings;
    private final JobIo io;

    /** At rank 0: held until all but the lock itself is deleted, or the process ends. */
    private @Nullable OpenFile lock;

    private DiscardJob(DiscardSettings settings, JobIo io) {
        this.settings = settings;
        this.io = io;
    }

    /** For one rank; the caller closes the transport. Clears the umask of this process. */
    public static Job of(DiscardSettings settings, Transport transport, Console console) {
        JobIo io = JobIo.open(console, transport.size() > 1, settings.run().quiet());
        DiscardJob discard = new DiscardJob(settings, io);
        Operands operands = new Operands(List.of(), settings.destination());
        JobHooks hooks = new JobHooks(Command.FCP, operands, discard, discard::newWorkload, discard);
        return new Job(hooks, settings.run(), transport, io);
    }

    @Override
    public Planned plan(int workers) throws UsageException {
        byte[] directory = settings.run().checkpoints().directory();
        DeadRun dead = DeadRun.find(settings.id(), directory, settings.destination(), !settings.dryRun());
        lock = dead.lock();
        CheckpointOptions checkpoints = new CheckpointOptions(0, directory == null ? new byte[0] : directory, null);
        Plan plan = new Plan(
                settings.id(),
                dead.stateName(),
                List.of(dead.root()),
                Selection.ALL,
                new DiscardPlan(dead.hasTemporaryFiles(), settings.dryRun()),
                settings.run().options(checkpoints, workers, new SplittableRandom().nextLong()));
        return new Planned(plan, null);
    }

    private TreeWorkload newWorkload(Plan plan, WorkloadContext context) {
        return new DiscardWorkload(plan, context, io.printer(), this::letGo);
    }

    private void letGo() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
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
        long files = Counter.DELETED.in(summary.counters());
        long faults = Counter.FAULTS.in(summary.counters());
        String text = "run " + summary.id() + (settings.dryRun() ? ": would remove " : ": removed ")
                + Quantity.count(files) + (files == 1 ? " file, " : " files, ")
                + Quantity.bytes(Counter.DELETED_BYTES.in(summary.counters()));
        return faults == 0
                ? text
                : text + "\n" + summary.failuresText()
                        + "\nwhat the run has written down is kept, so that it can be discarded when that is mended";
    }

    /** The stopped run has that ID, too. */
    @Override
    public String errorListMark() {
        return ".discarded";
    }

    @Override
    public String afterStop() {
        return "give the same command again for the rest";
    }
}

package org.pcircle.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.OpenFile;
import org.pcircle.plan.Filter;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;
import org.pcircle.report.Counter;
import org.pcircle.report.Quantity;
import org.pcircle.report.Summary;
import org.pcircle.transport.Transport;
import org.pcircle.work.DiscardWorkload;
import org.pcircle.work.Post;
import org.pcircle.work.TreeWorkload;

/** A run of fcp that deletes what another one has left. */
final class DiscardJob extends Job {

    private final DiscardSettings settings;

    /** At rank 0: held until all but the lock itself is deleted, or the process ends. */
    private @Nullable OpenFile lock;

    DiscardJob(DiscardSettings settings, Transport transport, Console console) {
        super(Command.FCP, settings.run(), transport, console);
        this.settings = settings;
    }

    @Override
    Plan plan(String id, Filter filter, int workers, long seed) throws UsageException {
        byte[] directory = settings.run().checkpoints().directory();
        DeadRun dead = DeadRun.find(settings.id(), directory, settings.destination(), !settings.dryRun());
        lock = dead.lock();
        return Plan.discard(
                settings.id(),
                dead.stateName(),
                dead.root(),
                dead.grows(),
                directory == null ? new byte[0] : directory,
                settings.dryRun(),
                workers,
                settings.run().reduceIntervalMs(),
                seed);
    }

    @Override
    TreeWorkload newWorkload(Plan plan, Post post) {
        return new DiscardWorkload(plan, post, this::print, this::letGo);
    }

    private void letGo() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    @Override
    Plan resumed(EarlierRun run, int workers) {
        throw new IllegalStateException("a run that is discarded is not gone on with");
    }

    @Override
    List<byte[]> givenPaths() {
        return List.of();
    }

    @Override
    byte @Nullable [] destination() {
        return settings.destination();
    }

    @Override
    String text(Summary summary) {
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

    @Override
    String afterStop() {
        return "give the same command again for the rest";
    }

    @Override
    boolean onlyPrints() {
        return settings.dryRun();
    }

    @Override
    void showSummary(String text, Console shown) {
        shown.result(text);
    }

    @Override
    void warn(Plan plan, long[] counters, Console shown) {}

    @Override
    String undone() {
        return "could be deleted";
    }

    @Override
    List<String> failures() {
        return List.of();
    }

    @Override
    boolean hasMismatch() {
        return false;
    }

    @Override
    @Nullable
    String verdict() {
        return null;
    }
}

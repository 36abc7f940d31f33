package org.pcircle.work.batch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.DryRunLines;
import org.pcircle.work.EntryBlocked;
import org.pcircle.work.EntryDigester;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;

/**
 * Small entries to be copied.
 *
 * @param dataBytes bytes of file data in all of them
 */
public record CopyBatch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes)
        implements BatchItem {

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        result.timed = timed();
        if (bench.plan().task().dryRun()) {
            look(true, bench, result);
            return;
        }
        ByteBuffer direct = bench.direct(records);
        Roots roots = bench.roots();
        byte @Nullable [] targetName =
                directory == null ? roots.root(root).target().name() : null;
        try (Directory source = roots.openSource(root, directory)) {
            try (Directory target = roots.openTarget(root, directory)) {
                copy(source, target, direct, targetName, bench, result);
            } catch (FileException e) {
                failAll(bench, roots.showTarget(root, orTop()), false, e, result);
                return;
            }
        } catch (FileException e) {
            failAll(bench, roots.showSource(root, orTop()), true, e, result);
            return;
        }
        result.count(Counter.BYTES, bench.context().takeBytes());
        takeOutcomes(bench, direct, null, result);
    }

    /**
     * Processes the batch in a dry run.
     *
     * @param inTarget whether to look at the target, too; if not, nothing there is in the way
     */
    public void look(boolean inTarget, WorkerContext bench, ItemResult result) {
        ByteBuffer direct = bench.direct(records);
        Roots roots = bench.roots();
        byte @Nullable [] targetName =
                directory == null ? roots.root(root).target().name() : null;
        try (Directory source = roots.openSource(root, directory)) {
            try (Directory target = inTarget ? roots.openTargetIfThere(root, directory) : null) {
                source.lookAt(target, direct, records.length, targetName, bench.context(), bench.io());
            } catch (FileException e) {
                failAll(bench, roots.showTarget(root, orTop()), false, e, result);
                return;
            }
        } catch (FileException e) {
            failAll(bench, roots.showSource(root, orTop()), true, e, result);
            return;
        }
        takeOutcomes(bench, direct, bench.io(), result);
    }

    private void copy(
            Directory source,
            Directory target,
            ByteBuffer direct,
            byte @Nullable [] targetName,
            WorkerContext bench,
            ItemResult result)
            throws FileException {
        EntryDigester signing = bench.signing();
        for (int at = 0; at < records.length; ) {
            int done = source.copyEntries(
                    target, direct, at, records.length - at, targetName, bench.context(), bench.io());
            if (signing != null) {
                signing.addEntries(root, this::pathOf, direct, at, at + done, bench.io(), result);
            }
            at += done;
        }
    }

    /**
     * Counts the outcomes of the entries.
     *
     * @param changes in a dry run, the result of {@link Directory#lookAt}; else null
     */
    private void takeOutcomes(WorkerContext bench, ByteBuffer direct, @Nullable ByteBuffer changes, ItemResult result) {
        DryRunLines intentions = changes == null ? null : intentions(bench, result);
        Entry entry = new Entry();
        int number = 0;
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int backCount = 0;
        long backData = 0;
        for (int at = 0; at < records.length; at += entry.recordBytes()) {
            entry.wrap(direct, at);
            Outcome outcome = entry.outcome();
            if (changes != null && intentions != null) {
                tell(entry, changes.get(number++), intentions, bench, result);
            }
            if (outcome == Outcome.DONE) {
                result.count(BatchItem.counterOf(entry.type()), 1);
                continue;
            }
            boolean failed = outcome == Outcome.FAILED;
            boolean full = failed && FileException.isDestinationFull(entry.operation(), entry.error());
            if (full) {
                result.full(fault(bench.roots(), entry));
            }
            if (full || outcome == Outcome.NOT_DONE) {
                entry.clearOutcome();
                if (bench.plan().isLarge(entry.dataBytes())) { // it has grown, or its status does not say its length
                    result.spawned.add(bench.task().largeFile(root, directory, entry.copy(), true));
                    continue;
                }
                back.writeBytes(entry.copy());
                backCount++;
                backData += entry.dataBytes();
                continue;
            }
            if (outcome == Outcome.ALREADY_DONE) {
                result.count(BatchItem.counterOf(entry.type()), 1);
                result.count(Counter.RECOGNISED, 1);
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
                continue;
            }
            if (outcome == Outcome.UP_TO_DATE) {
                result.count(Counter.UP_TO_DATE, 1);
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
                continue;
            }
            if (bench.plan().copy().delete()
                    && entry.operation() == Operation.CREATE
                    && entry.error() == Errno.EISDIR.number()) {
                entry.clearOutcome();
                result.tell(bench.rank(), new EntryBlocked(new HardLinkName(root, directory, entry.copy())));
                continue;
            }
            Fault fault = fault(bench.roots(), entry);
            result.count(Counter.MISMATCHES, fault.isMismatch() ? 1 : 0);
            result.fault(fault);
            if (entry.operation().leavesTarget()) {
                result.count(BatchItem.counterOf(entry.type()), 1);
            } else {
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
            }
        }
        if (intentions != null) {
            intentions.end();
        }
        if (backCount > 0) {
            result.spawned.add(new CopyBatch(root, directory, back.toByteArray(), backCount, backData));
        }
    }

    private DryRunLines intentions(WorkerContext bench, ItemResult result) {
        return directory == null
                ? DryRunLines.anywhere(result)
                : DryRunLines.in(root, directory, bench.roots(), result);
    }

    private void tell(Entry entry, int kinds, DryRunLines intentions, WorkerContext bench, ItemResult result) {
        byte[] name = directory == null ? bench.roots().showTarget(root, TreePath.TOP) : entry.name();
        if ((kinds & Directory.MADE) != 0) {
            intentions.make(entry, name);
            result.count(Counter.BYTES, entry.dataBytes());
        } else {
            intentions.change(kinds, name);
        }
    }

    private Fault fault(Roots roots, Entry entry) {
        TreePath path = pathOf(entry);
        boolean onTarget = entry.operation().onTarget();
        byte[] shown = onTarget ? roots.showTarget(root, path) : roots.showSource(root, path);
        boolean isMismatch = entry.operation() == Operation.VERIFY && entry.error() == 0;
        return isMismatch
                ? Fault.mismatch(shown, 0, entry.dataBytes())
                : roots.presence().judged(new Fault(shown, entry.operation(), entry.error()), root, path, entry.copy());
    }

    @Override
    public void write(ByteBuffer target) {
        writeFields(target);
    }
}

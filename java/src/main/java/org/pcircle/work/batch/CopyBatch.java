package org.pcircle.work.batch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.EntryBlocked;
import org.pcircle.work.EntryDigester;
import org.pcircle.work.EntryRef;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.KeptEntry;
import org.pcircle.work.Roots;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * Small entries to be copied.
 *
 * @param dataBytes bytes of file data in all of them
 */
public record CopyBatch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes)
        implements BatchItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        result.timed = timed();
        if (worker.plan().task().dryRun()) {
            look(true, worker, result);
            return;
        }
        ByteBuffer direct = worker.direct(records);
        Roots roots = worker.roots();
        byte @Nullable [] targetName =
                directory == null ? roots.root(root).target().name() : null;
        try (Directory source = roots.openSource(root, directory)) {
            try (Directory target = roots.openTarget(root, directory)) {
                copy(source, target, direct, targetName, worker, result);
            } catch (FileException e) {
                failAll(worker, roots.showTarget(root, orTop()), false, e, result);
                return;
            }
        } catch (FileException e) {
            failAll(worker, roots.showSource(root, orTop()), true, e, result);
            return;
        }
        result.count(Counter.BYTES, worker.context().takeBytes());
        takeOutcomes(worker, direct, result);
    }

    /**
     * Processes the batch in a dry run.
     *
     * @param inTarget whether to look at the target, too; if not, nothing there is in the way
     */
    public void look(boolean inTarget, WorkerContext worker, ItemResult result) {
        ByteBuffer changes = worker.requiredChanges();
        ByteBuffer direct = worker.direct(records);
        Roots roots = worker.roots();
        byte @Nullable [] targetName =
                directory == null ? roots.root(root).target().name() : null;
        try (Directory source = roots.openSource(root, directory)) {
            try (Directory target = inTarget ? roots.openTargetIfThere(root, directory) : null) {
                source.lookAt(target, direct, records.length, targetName, worker.context(), changes);
            } catch (FileException e) {
                failAll(worker, roots.showTarget(root, orTop()), false, e, result);
                return;
            }
        } catch (FileException e) {
            failAll(worker, roots.showSource(root, orTop()), true, e, result);
            return;
        }
        takeOutcomes(worker, direct, result);
    }

    private void copy(
            Directory source,
            Directory target,
            ByteBuffer direct,
            byte @Nullable [] targetName,
            WorkerContext worker,
            ItemResult result)
            throws FileException {
        EntryDigester digester = worker.digester();
        ByteBuffer changes = worker.changes();
        int number = 0;
        for (int at = 0; at < records.length; ) {
            ByteBuffer rest = changes == null ? null : Changes.from(number, changes);
            int done = source.copyEntries(
                    target, direct, at, records.length - at, targetName, worker.context(), worker.io(), rest);
            number += changes == null ? 0 : count(direct, at, at + done);
            if (digester != null) {
                digester.addEntries(root, this::pathOf, direct, at, at + done, worker.io(), result);
            }
            at += done;
        }
    }

    /**
     * Counts the outcomes of the entries, and tells what became of them if anybody asks.
     */
    private void takeOutcomes(WorkerContext worker, ByteBuffer direct, ItemResult result) {
        ByteBuffer changes = worker.changes();
        ChangeLines lines = ChangeLines.in(root, directory, worker, result);
        Entry entry = new Entry();
        int number = 0;
        List<byte[]> kept = new ArrayList<>();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int backCount = 0;
        long backData = 0;
        for (int at = 0; at < records.length; at += entry.recordBytes()) {
            entry.wrap(direct, at);
            Outcome outcome = entry.outcome();
            if (changes != null) {
                take(entry, Changes.at(number++, changes), lines, worker, result);
            }
            if (outcome == Outcome.DONE) {
                result.count(BatchItem.counterOf(entry.type()), 1);
                continue;
            }
            boolean failed = outcome == Outcome.FAILED;
            boolean full = failed && FileException.isDestinationFull(entry.operation(), entry.error());
            if (full) {
                result.full(fault(worker.roots(), entry));
            }
            if (full || outcome == Outcome.NOT_DONE) {
                entry.clearOutcome();
                if (worker.plan().isLarge(entry.dataBytes())) { // it has grown, or its status does not say its length
                    result.spawned.add(worker.task().largeFile(root, directory, entry.copy(), true));
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
            if (outcome == Outcome.KEPT) {
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
                kept.add(entry.copy());
                continue;
            }
            if (worker.plan().copy().delete()
                    && entry.operation() == Operation.CREATE
                    && entry.error() == Errno.EISDIR.number()) {
                entry.clearOutcome();
                result.tell(worker.rank(), new EntryBlocked(new HardLinkName(root, directory, entry.copy())));
                continue;
            }
            Fault fault = fault(worker.roots(), entry);
            result.count(Counter.MISMATCHES, fault.isMismatch() ? 1 : 0);
            result.fault(fault);
            if (entry.operation().leavesTarget()) {
                result.count(BatchItem.counterOf(entry.type()), 1);
            } else {
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
            }
        }
        if (lines != null) {
            lines.end();
        }
        takeKept(kept, worker, result);
        if (backCount > 0) {
            result.spawned.add(new CopyBatch(root, directory, back.toByteArray(), backCount, backData));
        }
    }

    private void takeKept(List<byte[]> kept, WorkerContext worker, ItemResult result) {
        if (kept.isEmpty()) {
            return;
        }
        try (Directory target = worker.roots().openTarget(root, directory)) {
            for (byte[] record : kept) {
                Entry.of(record).clearOutcome();
                takeKept(new EntryRef(root, directory, record), target, worker, result);
            }
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, orTop()), e));
        }
    }

    private static void takeKept(EntryRef ref, Directory target, WorkerContext worker, ItemResult result) {
        try {
            KeptEntry.take(ref, target, worker, result);
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(ref.root(), ref.path()), e));
        }
    }

    /** Tells what became of an entry; a dry run counts what would be copied. */
    private static void take(
            Entry entry, int changes, @Nullable ChangeLines lines, WorkerContext worker, ItemResult result) {
        if (lines != null && changes != 0) {
            lines.tell(entry, entry.name(), changes);
        }
        if (worker.plan().task().dryRun() && (changes & Changes.MADE) != 0) {
            result.count(Counter.BYTES, entry.dataBytes());
        }
    }

    private static int count(ByteBuffer direct, int from, int to) {
        Entry entry = new Entry();
        int count = 0;
        for (int at = from; at < to; at += entry.recordBytes()) {
            entry.wrap(direct, at);
            count++;
        }
        return count;
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

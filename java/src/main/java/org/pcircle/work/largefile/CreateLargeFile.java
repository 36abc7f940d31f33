package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import org.pcircle.circle.Item;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.RangeBoundaries;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.EntryBlocked;
import org.pcircle.work.EntryRef;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.KeptEntry;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * Creates the temporary file of a large file, and clones the source if that is possible; creates nothing in a run that
 * only reads. The rank that runs this owns the file from then on.
 *
 * @param ref the file
 * @param retried whether this is the second attempt, after the source changed in the first
 * @param again whether it gets its second temporary name, see {@link LargeFile#begunAgain}
 */
public record CreateLargeFile(EntryRef ref, boolean retried, boolean again) implements WorkItem {

    /** For the first time. */
    public CreateLargeFile(EntryRef ref, boolean retried) {
        this(ref, retried, false);
    }

    /** Creates the file once more, after the first one is gone. */
    static CreateLargeFile anew(LargeFile file, byte[] record, boolean retried) {
        return new CreateLargeFile(file.ref().withRecord(record), retried, file.again());
    }

    /**
     * Copies a file from the beginning that has changed or did not say its length; as a small entry if it is not large
     * any more.
     *
     * @param record of the file as it is now
     */
    static Item ofChanged(LargeFile file, byte[] record, WorkerContext worker) {
        Entry now = Entry.of(record);
        boolean isSmall = now.type() == Entry.REGULAR && !worker.plan().isLarge(now.dataBytes());
        return isSmall
                ? worker.task().batch(file.root(), file.directory(), record, 1, now.dataBytes())
                : anew(file, record, true);
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        Plan plan = worker.plan();
        LargeFile file = new LargeFile(
                ref,
                retried,
                again,
                worker.rank(),
                0,
                plan.task().hasTargets() ? LargeFile.Target.GROWING : LargeFile.Target.NONE,
                plan.chunkBytes(dataBytes()),
                RangeBoundaries.ANYWHERE);
        if (file.target() == LargeFile.Target.NONE) {
            result.tell(worker.rank(), new LargeFileOpened(file, false));
        } else {
            make(file, plan, worker, result);
        }
    }

    private void make(LargeFile file, Plan plan, WorkerContext worker, ItemResult result) {
        try (Directory source = worker.roots().openSource(ref.root(), ref.directory());
                Directory target = worker.roots().openTarget(ref.root(), ref.directory())) {
            if (plan.existing() != ExistingPolicy.REFUSE || plan.isResumed()) {
                TakenNames.refuse(ref, target, worker);
            }
            boolean isReplacing = plan.existing() != ExistingPolicy.KEEP;
            if (plan.copy().delete()
                    && isReplacing
                    && target.isDirectory(file.targetName(plan.roots().get(ref.root())))) {
                result.tell(worker.rank(), new EntryBlocked(new HardLinkName(ref)));
            } else if (plan.existing() == ExistingPolicy.REFUSE || !isSettled(file, source, target, worker, result)) {
                begin(file, source, target, worker, result);
            }
        } catch (FileException e) {
            Fault fault = worker.roots().fault(ref.root(), file.path(), ref.record(), e);
            if (worker.context().gaveUp(e)) {
                result.spawned.add(this);
            } else if (e.isDestinationFull()) {
                result.full(fault);
                result.spawned.add(this);
            } else {
                result.fault(fault);
                result.count(Counter.PASSED_BYTES, dataBytes());
            }
        }
    }

    private void begin(LargeFile file, Directory source, Directory target, WorkerContext worker, ItemResult result)
            throws FileException {
        byte[] temporaryName = file.temporaryName(worker.plan());
        if (worker.plan().isResumed()) {
            removeStale(target, temporaryName);
            removeStale(target, file.begunAgain().temporaryName(worker.plan()));
        }
        RangeBoundaries cuts = source.beginLarge(file.name(), target, temporaryName, dataBytes(), worker.context());
        worker.faultIfMissed(ref.root(), file.path(), result);
        LargeFile begun = file.cutAt(cuts);
        boolean cloned = clone(begun, source, target, temporaryName, worker);
        result.count(Counter.BYTES, worker.context().takeBytes());
        if (!cloned) {
            result.tell(worker.rank(), new LargeFileOpened(begun, false));
        } else if (worker.plan().isDigested()) {
            result.tell(worker.rank(), new LargeFileOpened(begun.withData(), false));
        } else {
            result.tell(worker.rank(), new LargeFileOpened(begun, true));
        }
    }

    /**
     * Whether an existing target is left alone: it is up to date or kept, or finished by an earlier attempt. Fails for a
     * directory that is not.
     */
    private boolean isSettled(
            LargeFile file, Directory source, Directory target, WorkerContext worker, ItemResult result)
            throws FileException {
        byte[] targetName = file.targetName(worker.roots().root(ref.root()));
        ExistingPolicy existing = worker.plan().existing();
        if (worker.plan().isResumed()
                && source.isFinished(target, worker.direct(ref.record()), targetName, worker.context())) {
            result.count(Counter.FILES, 1);
            result.count(Counter.RECOGNISED, 1);
            tell(Changes.MADE | Changes.MADE_BEFORE, worker, result);
            leaveAlone(target, targetName, worker, result);
            return true;
        }
        Outcome found = existing.compares() || existing.mayKeep()
                ? source.update(target, worker.direct(ref.record()), targetName, worker.context(), worker.changes())
                : Outcome.DONE;
        if (found == Outcome.UP_TO_DATE) {
            result.count(Counter.UP_TO_DATE, 1);
            tell(worker.change(), worker, result);
            worker.faultIfMissed(ref.root(), file.path(), result);
            leaveAlone(target, targetName, worker, result);
        } else if (found == Outcome.KEPT) {
            result.count(Counter.PASSED_BYTES, dataBytes());
            KeptEntry.take(ref, target, worker, result);
        } else if (target.isDirectory(targetName)) {
            throw new FileException(Operation.CREATE, Errno.EISDIR.number());
        }
        return found != Outcome.DONE;
    }

    private void tell(int changes, WorkerContext worker, ItemResult result) {
        ChangeLines.tell(ref.root(), ref.path(), Entry.of(ref.record()), changes, worker, result);
    }

    private void leaveAlone(Directory target, byte[] targetName, WorkerContext worker, ItemResult result)
            throws FileException {
        result.count(Counter.PASSED_BYTES, dataBytes());
        if (worker.digester() != null) {
            worker.digester().addFile(ref, target, targetName, worker.io(), result);
        }
    }

    /** Deletes a temporary file that an earlier attempt began after its last checkpoint. */
    private static void removeStale(Directory target, byte[] temporaryName) throws FileException {
        try {
            target.unlink(temporaryName);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOENT.number()) {
                throw e;
            }
        }
    }

    /** Clones the whole file where files can share their data. */
    private static boolean clone(
            LargeFile file, Directory source, Directory target, byte[] temporaryName, WorkerContext worker)
            throws FileException {
        try {
            return source.cloneFile(file.name(), target, temporaryName, worker.context());
        } catch (FileException e) {
            try {
                target.unlink(temporaryName);
            } catch (FileException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    @Override
    public long dataBytes() {
        return ref.dataBytes();
    }

    @Override
    public long entries() {
        return 1;
    }

    @Override
    public int encodedBytes() {
        return 3 + ref.encodedBytes();
    }

    @Override
    public void write(ByteBuffer target) {
        ref.write(target);
        Wire.writeFlag(retried, target);
        Wire.writeFlag(again, target);
    }

    public static CreateLargeFile read(ByteBuffer source) {
        return new CreateLargeFile(EntryRef.read(source), Wire.readFlag(source), Wire.readFlag(source));
    }
}

package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.BottomUp;

/**
 * An extraneous directory of the target, or, where nothing is deleted yet, an entry that stays.
 *
 * @param filled what {@link Directory#letOwnerFill} has returned for it
 * @param mark empty for a directory that is removed; else why the entry stays, see {@link Emptied}
 */
public record ExtraneousDirectory(int root, TreePath path, int filled, byte[] mark) {

    /** Removes each directory, unless spared entries are left in it; then it gets its mode again. */
    static BottomUp.Step removal(DeletionLimit limit) {
        return (record, worker, result) -> read(record).remove(limit, worker, result);
    }

    private void remove(DeletionLimit limit, WorkerContext worker, ItemResult result) {
        try (Directory parent = worker.roots().openTarget(root, path.parent())) {
            if (!isRemoved(parent, limit, worker, result)) {
                parent.closeToOwner(path.name(), filled);
            }
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, path), e));
        }
    }

    private boolean isRemoved(Directory parent, DeletionLimit limit, WorkerContext worker, ItemResult result) {
        try {
            if (limit.allowsMore()) {
                Removal removal = new Removal(Pass.DELETE, root, path.parent(), worker, result);
                removal.directory(parent, path.name());
                removal.end();
                limit.deleted();
                return true;
            } else if (!isEmpty(worker)) {
                throw new FileException(Operation.UNLINK, Errno.ENOTEMPTY.number());
            }
            result.count(Counter.NOT_DELETED, 1);
        } catch (FileException e) {
            boolean isSpared = e.errno() == Errno.ENOTEMPTY.number() && holdsSpared(worker);
            if (!isSpared) {
                result.fault(Fault.of(worker.roots().showTarget(root, path), e));
            }
        }
        return false;
    }

    private boolean isEmpty(WorkerContext worker) throws FileException {
        try (Directory directory = worker.roots().openTargetToList(root, path)) {
            return directory.list(worker.listing()).bytes() == 0;
        }
    }

    private boolean holdsSpared(WorkerContext worker) {
        try {
            return mayHoldSpared(worker.plan()) || LeftFiles.holdsOnlySpared(worker, root, path);
        } catch (FileException e) {
            return false;
        }
    }

    /** Whether options spare entries, so that no directory needs to become empty. */
    static boolean mayHoldSpared(Plan plan) {
        return !plan.selection().filter().isEmpty() || plan.selection().oneFileSystem();
    }

    /** As a record of a spool, for {@link BottomUp}. */
    byte[] encoded() {
        ByteBuffer record = ByteBuffer.allocate(encodedBytes());
        write(record);
        return record.array();
    }

    public int encodedBytes() {
        return 4 * Integer.BYTES + path.bytes().length + mark.length;
    }

    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        target.putInt(filled);
        Wire.writeBytes(mark, target);
    }

    public static ExtraneousDirectory read(ByteBuffer source) {
        return new ExtraneousDirectory(source.getInt(), TreePath.read(source), source.getInt(), Wire.readBytes(source));
    }
}

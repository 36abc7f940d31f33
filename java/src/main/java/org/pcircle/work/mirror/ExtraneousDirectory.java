package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.BottomUp;

/**
 * An extraneous directory of the target, or, in a dry run, an entry that stays.
 *
 * @param mark empty for a directory that is removed; else why the entry stays, see {@link Emptied}
 */
public record ExtraneousDirectory(int root, TreePath path, byte[] mark) {

    /** Removes the directory, unless spared entries are left in it. */
    void remove(WorkerContext worker, ItemResult result) {
        try (Directory parent = worker.roots().openTarget(root, path.parent())) {
            parent.removeDirectory(path.name());
            result.count(Counter.DELETED, 1);
        } catch (FileException e) {
            boolean isSpared = e.errno() == Errno.ENOTEMPTY.number() && holdsSpared(worker);
            if (!isSpared) {
                result.fault(Fault.of(worker.roots().showTarget(root, path), e));
            }
        }
    }

    private boolean holdsSpared(WorkerContext worker) {
        try {
            return !worker.plan().selection().filter().isEmpty()
                    || worker.plan().selection().oneFileSystem()
                    || LeftFiles.holdsOnlySpared(worker, root, path);
        } catch (FileException e) {
            return false;
        }
    }

    /** As a record of a spool, for {@link BottomUp}. */
    byte[] encoded() {
        ByteBuffer record = ByteBuffer.allocate(encodedBytes());
        write(record);
        return record.array();
    }

    public int encodedBytes() {
        return 3 * Integer.BYTES + path.bytes().length + mark.length;
    }

    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        Wire.writeBytes(mark, target);
    }

    public static ExtraneousDirectory read(ByteBuffer source) {
        return new ExtraneousDirectory(source.getInt(), TreePath.read(source), Wire.readBytes(source));
    }
}

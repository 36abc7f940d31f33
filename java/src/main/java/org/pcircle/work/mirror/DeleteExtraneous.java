package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Deletes or counts the extraneous entries of a directory of the target. Directories are removed later, when they are
 * empty.
 *
 * @param isExtraneous whether the directory itself is extraneous, with all its contents
 */
public record DeleteExtraneous(int root, TreePath path, boolean isExtraneous, Pass pass) implements WorkItem {

    private static final int ENTRIES_EXPECTED = 64;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        if (isExtraneous && !open(worker, result)) {
            return;
        }
        new CompareDirectory(root, path, isExtraneous, pass).run(worker, result);
    }

    /** Makes the directory writable for its owner, unless nothing is deleted, and has it removed later. */
    private boolean open(WorkerContext worker, ItemResult result) {
        int filled = 0;
        try (Directory parent =
                Removal.onlyLooks(pass, worker) ? null : worker.roots().openTarget(root, path.parent())) {
            if (parent != null) {
                filled = parent.letOwnerFill(path.name());
            }
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, path), e));
            return false;
        }
        ExtraneousDirectory removal = new ExtraneousDirectory(root, path, filled, new byte[0]);
        result.tell(0, new ExtraneousDirectoryFound(removal));
        return true;
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return ENTRIES_EXPECTED;
    }

    @Override
    public int encodedBytes() {
        return 3 + 2 * Integer.BYTES + path.bytes().length;
    }

    @Override
    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        Wire.writeFlag(isExtraneous, target);
        Wire.writeConstant(pass, target);
    }

    public static DeleteExtraneous read(ByteBuffer source) {
        return new DeleteExtraneous(
                source.getInt(),
                TreePath.read(source),
                Wire.readFlag(source),
                Wire.readConstant(Pass.values(), source));
    }
}

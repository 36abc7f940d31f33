package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.DryRunLines;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.BottomUp;

/**
 * At rank 0, in a dry run: finds the extraneous directories that would be empty when their turn comes, deepest first.
 * Entries that stay are reported like directories, with a mark, and keep their parent directories. Used by one item at
 * a time.
 */
final class Emptied implements BottomUp.Step {

    /** Why an entry stays. */
    enum Staying {
        /** It is spared. */
        SPARED,
        /** It cannot be deleted. */
        FAILED
    }

    private record Kept(int root, TreePath path) {}

    /** Directories with an entry that stays. */
    private final Set<Kept> kept = new HashSet<>();

    /** Those of them with an entry that should have been deleted. */
    private final Set<Kept> failed = new HashSet<>();

    /** Reports to rank 0 that an entry stays. */
    static void tellStaying(int root, TreePath path, Staying why, ItemResult result) {
        byte[] mark = {(byte) why.ordinal()};
        result.tell(0, new ExtraneousDirectoryFound(new ExtraneousDirectory(root, path, mark)));
    }

    @Override
    public void take(ByteBuffer record, WorkerContext worker, ItemResult result) {
        ExtraneousDirectory entry = ExtraneousDirectory.read(record);
        boolean isMark = entry.mark().length > 0;
        if (isMark) {
            keepParent(entry, entry.mark()[0] == Staying.FAILED.ordinal());
        } else if (keeps(entry.root(), entry.path())) {
            keepParent(entry, false);
            boolean isSpared = !worker.plan().selection().filter().isEmpty()
                    || !failed.contains(new Kept(entry.root(), entry.path()));
            if (!isSpared) {
                result.fault(new Fault(
                        worker.roots().showTarget(entry.root(), entry.path()),
                        Operation.UNLINK,
                        Errno.ENOTEMPTY.number()));
            }
        } else {
            remove(entry, worker, result);
        }
    }

    private void remove(ExtraneousDirectory directory, WorkerContext worker, ItemResult result) {
        byte[] shown = worker.roots().showTarget(directory.root(), directory.path());
        try (Directory parent =
                worker.roots().openTarget(directory.root(), directory.path().parent())) {
            parent.checkRemoval(Operation.UNLINK, directory.path().name());
            result.count(Counter.DELETED, 1);
            DryRunLines.tellDeletion(shown, result);
        } catch (FileException e) {
            keepParent(directory, false);
            result.fault(Fault.of(shown, e));
        }
    }

    /** Whether a directory stays because of an entry in it. */
    boolean keeps(int root, TreePath path) {
        return kept.contains(new Kept(root, path));
    }

    private void keepParent(ExtraneousDirectory entry, boolean hasFailed) {
        if (!entry.path().isTop()) {
            Kept parent = new Kept(entry.root(), entry.path().parent());
            kept.add(parent);
            if (hasFailed) {
                failed.add(parent);
            }
        }
    }
}

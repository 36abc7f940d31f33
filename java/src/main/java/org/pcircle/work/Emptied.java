package org.pcircle.work;

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

/**
 * At rank 0, in a dry run: which of the directories that the source lacks would be empty when their turn comes, the deepest first. What
 * stays is told as directories are, with a mark, and keeps the directories that it is in. Used by one item at a time.
 */
final class Emptied implements DeepestFirst.Step {

    /** Why an entry stays. */
    enum Staying {
        /** As it is to be spared. */
        SPARED,
        /** As it cannot be taken away. */
        FAILED
    }

    private record Kept(int root, TreePath path) {}

    /** Directories in which something stays. */
    private final Set<Kept> kept = new HashSet<>();

    /** Those of them in which something stays that should not. */
    private final Set<Kept> failed = new HashSet<>();

    /** Tells rank 0 that an entry stays. */
    static void tellStaying(int root, TreePath path, Staying why, Result result) {
        byte[] mark = {(byte) why.ordinal()};
        result.tell(0, new DirectoryDoomed(new DoomedDirectory(root, path, mark)));
    }

    @Override
    public void take(ByteBuffer record, Workbench bench, Result result) {
        DoomedDirectory entry = DoomedDirectory.read(record);
        boolean isMark = entry.mark().length > 0;
        if (isMark) {
            keepParent(entry, entry.mark()[0] == Staying.FAILED.ordinal());
        } else if (keeps(entry.root(), entry.path())) {
            keepParent(entry, false);
            boolean isSpared =
                    !bench.plan().filter().isEmpty() || !failed.contains(new Kept(entry.root(), entry.path()));
            if (!isSpared) {
                result.fault(new Fault(
                        bench.roots().showTarget(entry.root(), entry.path()),
                        Operation.UNLINK,
                        Errno.ENOTEMPTY.number()));
            }
        } else {
            remove(entry, bench, result);
        }
    }

    private void remove(DoomedDirectory directory, Workbench bench, Result result) {
        byte[] shown = bench.roots().showTarget(directory.root(), directory.path());
        try (Directory parent =
                bench.roots().openTarget(directory.root(), directory.path().parent())) {
            parent.checkRemoval(Operation.UNLINK, directory.path().name());
            result.count(Counter.DELETED, 1);
            Intentions.tellDeletion(shown, result);
        } catch (FileException e) {
            keepParent(directory, false);
            result.fault(Fault.of(shown, e));
        }
    }

    /** Whether a directory stays, as something in it does. */
    boolean keeps(int root, TreePath path) {
        return kept.contains(new Kept(root, path));
    }

    private void keepParent(DoomedDirectory entry, boolean hasFailed) {
        if (!entry.path().isTop()) {
            Kept parent = new Kept(entry.root(), entry.path().parent());
            kept.add(parent);
            if (hasFailed) {
                failed.add(parent);
            }
        }
    }
}

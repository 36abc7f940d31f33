package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.BottomUp;

/**
 * At rank 0, where nothing is deleted: finds the extraneous directories that would be empty when their turn comes,
 * deepest first. Entries that stay are reported like directories, with a mark, and keep their parent directories. Used
 * by one item at a time.
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

    private final Pass pass;

    /**
     * Directories that stay, mostly for an entry in them. In the pass that counts, those whose turn is still to come:
     * all of them, but for the directory of runs of each root, are on the way to the last entry.
     */
    private final Set<Kept> kept = new HashSet<>();

    /** Those of them with an entry that should have been deleted, and whose turn is still to come. */
    private final Set<Kept> failed = new HashSet<>();

    Emptied(Pass pass) {
        this.pass = pass;
    }

    /** Reports to rank 0 that a directory stays itself, which has the name of an entry. */
    static void tellBlocking(int root, TreePath directory, ItemResult result) {
        tellStaying(root, directory.child(CompareDirectory.UNKNOWN), Staying.SPARED, result);
    }

    /** Reports to rank 0 that an entry stays. */
    static void tellStaying(int root, TreePath path, Staying why, ItemResult result) {
        byte[] mark = {(byte) why.ordinal()};
        result.tell(0, new ExtraneousDirectoryFound(new ExtraneousDirectory(root, path, 0, mark)));
    }

    @Override
    public void take(ByteBuffer record, WorkerContext worker, ItemResult result) {
        ExtraneousDirectory entry = ExtraneousDirectory.read(record);
        boolean isMark = entry.mark().length > 0;
        if (isMark) {
            keepParent(entry, entry.mark()[0] == Staying.FAILED.ordinal());
        } else {
            remove(entry, worker, result);
        }
    }

    /** Removes a directory, or says why it stays, in the order in which rmdir(2) finds reasons. */
    private void remove(ExtraneousDirectory directory, WorkerContext worker, ItemResult result) {
        Kept key = new Kept(directory.root(), directory.path());
        boolean hasFailed = failed.remove(key);
        TreePath above = directory.path().parent();
        Removal removal = new Removal(pass, directory.root(), above, worker, result);
        try (Directory parent = worker.roots().openTarget(directory.root(), above)) {
            if (!kept.contains(key)) {
                removal.directory(parent, directory.path().name());
            } else {
                keepParent(directory, false);
                removal.check(parent, directory.path().name());
                if (hasFailed && !ExtraneousDirectory.mayHoldSpared(worker.plan())) {
                    throw new FileException(Operation.UNLINK, Errno.ENOTEMPTY.number());
                }
            }
        } catch (FileException e) {
            kept.add(key);
            keepParent(directory, false);
            if (pass == Pass.DELETE) {
                result.fault(Fault.of(worker.roots().showTarget(directory.root(), directory.path()), e));
            }
        }
        if (pass == Pass.COUNT) {
            kept.remove(key); // Nobody asks for its name.
        }
        removal.end();
    }

    /** Whether a directory stays. */
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

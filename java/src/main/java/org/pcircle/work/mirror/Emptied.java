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
     * Directories with an entry that stays. In the pass that counts, those whose turn is still to come: all of them,
     * but for the directory of runs of each root, are on the way to the last entry.
     */
    private final Set<Kept> kept = new HashSet<>();

    /** Those of them with an entry that should have been deleted. */
    private final Set<Kept> failed = new HashSet<>();

    Emptied(Pass pass) {
        this.pass = pass;
    }

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
            passed(new Kept(entry.root(), entry.path()), worker, result);
        } else {
            remove(entry, worker, result);
        }
    }

    /** A directory stays with what is in it. */
    private void passed(Kept directory, WorkerContext worker, ItemResult result) {
        boolean hasFailed = failed.remove(directory);
        if (pass == Pass.COUNT) {
            kept.remove(directory); // A deletion reports failures, and nobody asks for its name.
        } else if (hasFailed && !ExtraneousDirectory.mayHoldSpared(worker.plan())) {
            byte[] shown = worker.roots().showTarget(directory.root(), directory.path());
            result.fault(new Fault(shown, Operation.UNLINK, Errno.ENOTEMPTY.number()));
        }
    }

    private void remove(ExtraneousDirectory directory, WorkerContext worker, ItemResult result) {
        TreePath above = directory.path().parent();
        Removal removal = new Removal(pass, directory.root(), above, worker, result);
        try (Directory parent = worker.roots().openTarget(directory.root(), above)) {
            removal.directory(parent, directory.path().name());
        } catch (FileException e) {
            keepParent(directory, false);
            if (pass == Pass.DELETE) {
                result.fault(Fault.of(worker.roots().showTarget(directory.root(), directory.path()), e));
            }
        }
        removal.end();
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

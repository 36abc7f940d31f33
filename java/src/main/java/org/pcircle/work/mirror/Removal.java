package org.pcircle.work.mirror;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Lingering;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * What is done about extraneous entries of one directory of the target: they are counted for {@code --max-delete},
 * deleted, or, in a dry run, listed. Whoever finds them decides in the same way for all three. Where their number is
 * limited, rank 0 is asked before they are deleted.
 */
final class Removal {

    private final Pass pass;
    private final int root;
    private final TreePath directory;
    private final WorkerContext worker;
    private final ItemResult result;
    /** Names what is deleted; null if nobody asks. */
    private final @Nullable ChangeLines lines;

    /** Those that wait until rank 0 allows them to be deleted. */
    private final List<DeleteNames.Extraneous> waiting = new ArrayList<>();

    private long counted;

    Removal(Pass pass, int root, TreePath directory, WorkerContext worker, ItemResult result) {
        this.pass = pass;
        this.root = root;
        this.directory = directory;
        this.worker = worker;
        this.result = result;
        this.lines = pass == Pass.COUNT ? null : ChangeLines.in(root, directory, worker, result);
    }

    /** Whether nothing is deleted in a pass, so that nothing becomes empty by it. */
    static boolean onlyLooks(Pass pass, WorkerContext worker) {
        return pass == Pass.COUNT || worker.plan().task().dryRun();
    }

    /** Whether an entry that cannot be deleted is what the file system keeps of an open file. */
    static boolean goesByItself(byte[] name, FileException e) {
        return e.errno() == Errno.EBUSY.number() && Lingering.isName(name);
    }

    /** Counts a deleted entry. */
    static void count(long dataBytes, ItemResult result) {
        result.count(Counter.DELETED, 1);
        result.count(Counter.DELETED_BYTES, dataBytes);
    }

    /** Processes an entry that is no directory. Fails if it cannot be deleted, or, as far as is known, could not be. */
    void file(Directory parent, Entry entry) throws FileException {
        byte[] name = entry.name();
        if (onlyLooks(pass, worker)) {
            look(parent, name, entry.dataBytes(), false);
        } else if (worker.plan().copy().isDeletionLimited()) {
            waiting.add(new DeleteNames.Extraneous(name, entry.dataBytes()));
        } else {
            parent.unlink(name);
            deleted(name, entry.dataBytes(), false);
        }
    }

    /** Processes a directory, as {@link #file}; it must be empty, or be going to be. */
    void directory(Directory parent, byte[] name) throws FileException {
        if (onlyLooks(pass, worker)) {
            look(parent, name, 0, true);
        } else {
            parent.removeDirectory(name);
            deleted(name, 0, true);
        }
    }

    /** Fails if an entry could not be deleted, as far as that is known, whatever is in it. */
    void check(Directory parent, byte[] name) throws FileException {
        parent.checkRemoval(Operation.UNLINK, name);
        if (worker.roots().isMountPointInTarget(root, directory.child(name))) {
            throw new FileException(Operation.UNLINK, Errno.EBUSY.number());
        }
    }

    private void look(Directory parent, byte[] name, long dataBytes, boolean isDirectory) throws FileException {
        check(parent, name);
        if (pass == Pass.COUNT) {
            counted++;
        } else {
            deleted(name, dataBytes, isDirectory);
        }
    }

    private void deleted(byte[] name, long dataBytes, boolean isDirectory) {
        if (lines != null) {
            lines.delete(name, isDirectory);
        }
        count(dataBytes, result);
    }

    /** Sends what was counted, listed and is to be deleted. */
    void end() {
        if (lines != null) {
            lines.end();
        }
        if (counted > 0) {
            result.tell(0, new ExtraneousCounted(counted));
        }
        if (!waiting.isEmpty()) {
            result.tell(worker.rank(), new NamesFound(new DeleteNames(root, directory, List.copyOf(waiting), 0)));
        }
    }
}

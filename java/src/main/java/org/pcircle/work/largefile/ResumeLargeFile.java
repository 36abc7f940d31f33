package org.pcircle.work.largefile;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * Resumes a large file of an earlier attempt: its remaining ranges, if the temporary file is still there. If not, the
 * file was completed after the checkpoint or was lost; it is begun anew, which finds out.
 */
record ResumeLargeFile(LargeFileState state) implements LocalItem {

    /** Not saved: it follows from the state of its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        LargeFile file = state.file();
        if (file.target() == LargeFile.Target.NONE || isThere(worker)) {
            resumeWork(result);
            return;
        }
        result.tell(worker.rank(), new LargeFileClosed(file));
        result.spawned.add(CreateLargeFile.anew(file.begunAgain(), file.record(), file.retried()));
    }

    private void resumeWork(ItemResult result) {
        LargeFile file = state.file();
        for (LargeFileState.Interval interval : state.remaining()) {
            result.spawned.add(new CopyRange(file, interval.from(), interval.to(), false));
        }
        if (state.remaining().isEmpty()) {
            result.spawned.add(end(state));
        }
    }

    /** The item that finishes a file when all its ranges are done. */
    static Item end(LargeFileState state) {
        return state.file().target() == LargeFile.Target.NONE
                ? new FinishLargeSum(state.file(), state.failed(), state.sum())
                : new FinishLargeFile(state.file(), state.failed(), state.sum());
    }

    /** Whether the temporary file is there; if that cannot be checked, copying will report why. */
    private boolean isThere(WorkerContext worker) {
        LargeFile file = state.file();
        try (Directory target = worker.roots().openTarget(file.root(), file.directory())) {
            Entry growing = Entry.of(target.describe(file.temporaryName(worker.plan())));
            return growing.type() == Entry.REGULAR && growing.dataBytes() == file.bytes();
        } catch (FileException e) {
            return e.errno() != Errno.ENOENT.number();
        }
    }
}

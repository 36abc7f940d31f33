package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;

/**
 * Goes on with a large file of an earlier part of the run: with what is left of it if the file that grew is still there. If it
 * is not, the file was completed after the checkpoint, or it never got so far; then it is begun anew, which finds out.
 */
record ResumeFile(OpenFileState state) implements LocalItem {

    /** It follows from its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(Workbench bench, Result result) {
        LargeFile file = state.file();
        if (file.target() == LargeFile.Target.NONE || isThere(bench)) {
            goOn(result);
            return;
        }
        result.tell(bench.rank(), new LargeFileClosed(file));
        result.spawned.add(OpenLargeFile.anew(file.begunAgain(), file.record(), file.retried()));
    }

    private void goOn(Result result) {
        LargeFile file = state.file();
        for (OpenFileState.Interval interval : state.remaining()) {
            result.spawned.add(new CopyRange(file, interval.from(), interval.to(), false));
        }
        if (state.remaining().isEmpty()) {
            result.spawned.add(end(state));
        }
    }

    /** What finishes a file all of whose ranges are done. */
    static Item end(OpenFileState state) {
        return state.file().target() == LargeFile.Target.NONE
                ? new FinishSum(state.file(), state.failed(), state.sum())
                : new FinishFile(state.file(), state.failed(), state.sum());
    }

    /** Whether the file that grows is there; if that cannot be said, going on will say why. */
    private boolean isThere(Workbench bench) {
        LargeFile file = state.file();
        try (Directory target = bench.roots().openTarget(file.root(), file.directory())) {
            Entry growing = Entry.of(target.describe(file.temporaryName(bench.plan())));
            return growing.type() == Entry.REGULAR && growing.dataBytes() == file.bytes();
        } catch (FileException e) {
            return e.errno() != Errno.ENOENT.number();
        }
    }
}

package org.pcircle.work.mirror;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * With {@code --max-delete}: unlinks extraneous entries of a directory of the target, as many as rank 0 has allowed;
 * the others are counted as not deleted.
 *
 * @param allowed how many
 */
record DeleteNames(int root, TreePath directory, List<Extraneous> names, int allowed) implements LocalItem {

    /** An entry that is no directory. */
    record Extraneous(byte[] name, long dataBytes) {}

    DeleteNames allow(int count) {
        return new DeleteNames(root, directory, names, count);
    }

    /** The names. */
    @Override
    public boolean freesMemory() {
        return true;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        result.count(Counter.NOT_DELETED, names.size() - allowed);
        if (allowed == 0) {
            return;
        }
        ChangeLines lines = ChangeLines.in(root, directory, worker, result);
        try (Directory target = worker.roots().openTarget(root, directory)) {
            for (Extraneous entry : names.subList(0, allowed)) {
                unlink(target, entry, lines, worker, result);
            }
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, directory), e));
        }
        if (lines != null) {
            lines.end();
        }
    }

    private void unlink(
            Directory target, Extraneous entry, @Nullable ChangeLines lines, WorkerContext worker, ItemResult result) {
        try {
            target.unlink(entry.name());
            Removal.count(entry.dataBytes(), result);
            if (lines != null) {
                lines.delete(entry.name(), false);
            }
        } catch (FileException e) {
            if (!Removal.goesByItself(entry.name(), e)) {
                result.fault(Fault.of(worker.roots().showTarget(root, directory.child(entry.name())), e));
            }
        }
    }
}

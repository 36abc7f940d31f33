package org.pcircle.work.walk;

import java.util.HashSet;
import java.util.Set;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * Flushes the parent directories of the tops of the target trees; directories within the trees are flushed when they
 * are finished.
 */
public record FlushParents() implements LocalItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        Set<TreePath> flushed = new HashSet<>();
        for (int i = 0; i < worker.plan().roots().size(); i++) {
            Place target = worker.plan().roots().get(i).target();
            if (!flushed.add(new TreePath(target.base()))) {
                continue;
            }
            try (Directory base = worker.roots().openTarget(i, null)) {
                base.flush();
            } catch (FileException e) {
                result.fault(Fault.of(target.base(), e));
            }
        }
    }
}

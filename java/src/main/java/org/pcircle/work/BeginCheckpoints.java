package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;

/**
 * At rank 0, before anything else is made: makes the place where the run's own files are, and writes the checkpoint from which a
 * run can be resumed that has done nothing yet. The top of a tree, which holds that place, is made here, too.
 *
 * @param tops what the run begins with
 */
record BeginCheckpoints(List<Item> tops) implements LocalItem {

    @Override
    public List<Item> saved() {
        return tops;
    }

    @Override
    public void run(Workbench bench, Result result) {
        if (tops.size() == 1 && bench.plan().isOneDirectory() && tops.get(0) instanceof WalkDirectory top) {
            if (!top.enter(bench, result)) {
                return;
            }
            result.spawned.add(new Listing(top.root(), TreePath.TOP));
        } else {
            result.spawned.addAll(tops);
        }
        bench.state().beginCheckpoints(true);
    }
}

package org.pcircle.work;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;

/**
 * At rank 0, before anything else is made: makes the place where the run's own files are, and writes the checkpoint from which a
 * run can be resumed that has copied nothing yet. The top of a tree, which holds that place, is made here, too.
 *
 * @param tops what the run begins with
 * @param snapshot of what it needs to begin with that; null if the plan says all
 */
record BeginCheckpoints(List<Item> tops, @Nullable Snapshot snapshot) implements LocalItem {

    @Override
    public List<Item> saved() {
        return snapshot == null ? tops : List.of();
    }

    @Override
    public void run(Workbench bench, Result result) {
        if (snapshot == null && bench.plan().isOneDirectory()) {
            byte[] record = bench.roots().root(0).record();
            if (!bench.task().enter(0, TreePath.TOP, record, bench, result)) {
                return;
            }
            result.spawned.add(bench.task().list(0, TreePath.TOP));
        } else {
            result.spawned.addAll(tops);
        }
        Snapshot.Head head = Snapshot.Head.of(bench.plan(), 0, bench.rank(), 1);
        bench.state().beginCheckpoints(snapshot == null ? null : snapshot.encode(head));
    }
}

package org.pcircle.work.checkpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0, before anything else is created: creates the run's directory and writes checkpoint 0, from which a run can
 * be resumed that has copied nothing yet. The top of the tree, which holds that directory, is created here, too.
 *
 * @param tops first items of the run
 * @param snapshot state needed to start with these items; null if the plan is enough
 */
public record WriteFirstCheckpoint(
        List<Item> tops, @Nullable RankSnapshot snapshot) implements LocalItem {

    @Override
    public List<Item> saved() {
        return snapshot == null ? tops : List.of();
    }

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        if (snapshot == null && bench.plan().isOneDirectory()) {
            byte[] record = bench.roots().root(0).record();
            if (!bench.task().enter(0, TreePath.TOP, record, false, bench, result)) {
                return;
            }
            result.spawned.add(bench.task().list(0, TreePath.TOP));
        } else {
            result.spawned.addAll(tops);
        }
        RankSnapshot.Head head = RankSnapshot.Head.of(bench.plan(), 0, bench.rank(), 1);
        bench.state().beginCheckpoints(snapshot == null ? null : snapshot.encode(head));
    }
}

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
    public void run(WorkerContext worker, ItemResult result) {
        if (snapshot == null && worker.plan().isOneDirectory()) {
            byte[] record = worker.roots().root(0).record();
            if (!worker.task().enter(0, TreePath.TOP, record, false, worker, result)) {
                return;
            }
            result.spawned.add(worker.task().list(0, TreePath.TOP));
        } else {
            result.spawned.addAll(tops);
        }
        RankSnapshot.Head head = RankSnapshot.Head.of(worker.plan(), 0, worker.rank(), 1);
        worker.state().beginCheckpoints(snapshot == null ? null : snapshot.encode(head));
    }
}

package org.pcircle.work.checkpoint;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0, when all else is done: deletes the run's directory, and then finishes the tops of the trees, which may
 * hold it. It is one item, so that no stop comes between.
 *
 * @param all snapshot for a run that is resumed only to do this; null if that is impossible
 * @param tops item that finishes the tops; null if there are none
 */
public record RemoveRunFiles(
        @Nullable RankSnapshot all, @Nullable WorkItem tops) implements LocalItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        try {
            RankSnapshot.Head head =
                    RankSnapshot.Head.of(worker.plan(), worker.state().nextEpoch(), worker.rank(), 1);
            worker.state().removeAll(all == null ? null : all.encode(head));
        } catch (FileException e) {
            result.fault(Fault.of(worker.state().shownHolder(), e));
        }
        if (tops != null) {
            tops.run(worker, result);
        }
    }
}

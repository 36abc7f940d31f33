package org.pcircle.work.checkpoint;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0 of a resumed run, before anything is copied: deletes checkpoint records that are newer than the one it
 * resumes from, as they hold on another host only. They will not describe the state that this attempt produces, so the
 * run must not be resumed from them. Then room is allocated for its own checkpoints.
 */
public record DiscardNewerCheckpoints() implements LocalItem {

    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        try {
            worker.state().forgetNewer();
            worker.state().beginCheckpoints();
        } catch (FileException e) {
            result.broken(Fault.of(worker.state().shownHolder(), e));
        }
    }
}

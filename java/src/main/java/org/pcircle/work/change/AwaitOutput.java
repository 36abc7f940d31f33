package org.pcircle.work.change;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0: waits until lines about changes are printed, while their reader is slow. A worker waits, and not the rank's
 * loop; until it is done, those who send lines get no acknowledgement, so they wait, too.
 */
public record AwaitOutput(PrintedLines printed) implements LocalItem {

    static final long PATIENCE_MS = 5;

    /** Not saved: the output is another process's when the run is resumed. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    /** The lines. */
    @Override
    public boolean freesMemory() {
        return true;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        try {
            printed.await(worker);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a worker", e);
        }
        result.tell(worker.rank(), new OutputTaken());
    }
}

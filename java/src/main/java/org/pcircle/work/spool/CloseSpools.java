package org.pcircle.work.spool;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * At every rank but rank 0, when spools are not read any more: closes the files of this rank's spools, which rank 0
 * deletes in the next round. On some file systems a file that is unlinked while open stays in its directory under
 * another name (see {@link org.pcircle.fs.Lingering}).
 */
public record CloseSpools() implements LocalItem {

    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        worker.state().closeSpools();
    }
}

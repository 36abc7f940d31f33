package org.pcircle.work.spool;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.journal.Spool;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/** Writes a block of one of this rank's spools to its file. */
public record WriteSpool(String name, Spool.Write write) implements LocalItem {

    /** Not saved: its block is saved with the spool. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    /** The block. */
    @Override
    public boolean freesMemory() {
        return true;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        try {
            new SpoolFile(name, worker).write(write.block(), write.offset());
            result.tell(worker.rank(), new BlockWritten());
        } catch (FileException e) {
            result.fullOrBroken(this, Fault.of(worker.state().shownHolder(), e));
        }
    }
}

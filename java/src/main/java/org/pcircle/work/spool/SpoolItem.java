package org.pcircle.work.spool;

import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * An item that reads or sorts one of the rank's spools. If the spool cannot be read, the run ends; if there is no room
 * to sort it, the run stops as if the destination were full.
 */
public interface SpoolItem extends LocalItem {

    void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException;

    @Override
    default void run(WorkerContext worker, ItemResult result) {
        try {
            readSpool(worker, result);
        } catch (FileException e) {
            result.fullOrBroken(this, Fault.of(worker.state().shownHolder(), e));
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(worker.state().shownHolder(), Operation.READ, 0));
        }
    }
}

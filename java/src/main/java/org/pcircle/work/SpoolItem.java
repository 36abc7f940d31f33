package org.pcircle.work;

import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Fault;

/**
 * An item that reads what the rank has written down in a spool, or sorts it. If that cannot be read, the run cannot go on; if there is no
 * room to sort it, the run stops as it does without room for what is copied.
 */
interface SpoolItem extends LocalItem {

    void readSpool(Workbench bench, Result result) throws FileException, SpoolBlock.DamagedException;

    @Override
    default void run(Workbench bench, Result result) {
        try {
            readSpool(bench, result);
        } catch (FileException e) {
            result.fullOrBroken(this, Fault.of(bench.state().shownHolder(), e));
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(bench.state().shownHolder(), Operation.READ, 0));
        }
    }
}

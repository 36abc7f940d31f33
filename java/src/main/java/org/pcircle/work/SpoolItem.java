package org.pcircle.work;

import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Fault;

/** An item that reads what the rank has written down in a spool. If that cannot be read, the run cannot go on. */
interface SpoolItem extends LocalItem {

    void readSpool(Workbench bench, Result result) throws FileException, SpoolBlock.DamagedException;

    @Override
    default void run(Workbench bench, Result result) {
        try {
            readSpool(bench, result);
        } catch (FileException e) {
            result.broken(Fault.of(bench.state().shownHolder(), e));
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(bench.state().shownHolder(), Operation.READ, 0));
        }
    }
}

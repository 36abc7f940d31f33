package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;

/**
 * Takes the run's state directory away.
 *
 * @param next what can be done then, as the tops of the trees, which may hold it, can get their times
 */
record RemoveState(List<Item> next) implements LocalItem {

    @Override
    public void run(Workbench bench, Result result) {
        try {
            bench.state().removeAll();
        } catch (FileException e) {
            result.fault(Fault.of(bench.state().shownHolder(), e));
        }
        result.spawned.addAll(next);
    }
}

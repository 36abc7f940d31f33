package org.pcircle.work;

import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;

/** Takes the run's state directory away; then the tops of the trees, which may hold it, can get their times. */
final class RemoveState implements LocalItem {

    private final Item tops;

    RemoveState(Item tops) {
        this.tops = tops;
    }

    @Override
    public void run(Workbench bench, Result result) {
        try {
            bench.state().removeAll();
        } catch (FileException e) {
            result.fault(Fault.of(bench.state().shownHolder(), e));
        }
        result.spawned.add(tops);
    }
}

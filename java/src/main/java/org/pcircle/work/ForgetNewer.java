package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.report.Fault;

/**
 * At rank 0 of a resumed run, before anything is copied: takes away the records of checkpoints that are newer than the one it goes on
 * from, as they hold on another host only. What is copied from now on is not what they speak of, so nobody may go on from them any more.
 * Then room is kept free for its own checkpoints, before others take it.
 */
record ForgetNewer() implements LocalItem {

    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(Workbench bench, Result result) {
        try {
            bench.state().forgetNewer();
            bench.state().beginCheckpoints();
        } catch (FileException e) {
            result.broken(Fault.of(bench.state().shownHolder(), e));
        }
    }
}

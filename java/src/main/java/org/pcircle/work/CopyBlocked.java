package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.report.Fault;

/** Has entries copied that a directory was in the way of, which is gone now; a block of the spool an item. */
final class CopyBlocked implements LocalItem {

    private final long from;
    private final long to;

    /** From one offset of the spool's file, where a block begins, to another, where one ends. */
    CopyBlocked(long from, long to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void run(Workbench bench, Result result) {
        try {
            ByteBuffer block = SpoolBlock.at(new SpoolFile(RankState.BLOCKED, bench), from, to);
            if (from + block.limit() < to) {
                result.spawned.add(new CopyBlocked(from + block.limit(), to));
            }
            spawn(List.of(block), bench.plan(), result.spawned);
        } catch (FileException e) {
            result.broken(Fault.of(bench.state().shownHolder(), e));
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(bench.state().shownHolder(), Operation.READ, 0));
        }
    }

    /** Adds the copying of all entries in some blocks. */
    static void spawn(List<ByteBuffer> blocks, Plan plan, List<Item> items) throws SpoolBlock.DamagedException {
        for (ByteBuffer block : blocks) {
            SpoolBlock.read(block, record -> items.add(LinkedName.read(record).copy(plan)));
        }
    }
}

package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Reads one of this rank's spools, one block an item, and spawns the items for its records.
 *
 * @param spool its name
 * @param from start of a block
 * @param to end of a block
 * @param use makes items of its records
 */
record ReadSpool(String spool, long from, long to, Use use) implements SpoolItem {

    /** Makes items of the records of a block. */
    public interface Use {
        List<Item> items(ByteBuffer block, Plan plan) throws SpoolBlock.DamagedException;
    }

    /** Items for a whole spool: its blocks in memory, and its file. */
    static List<Item> all(String spool, List<ByteBuffer> inMemory, long fileBytes, Use use, Plan plan) {
        List<Item> items = new ArrayList<>();
        if (fileBytes > 0) {
            items.add(new ReadSpool(spool, 0, fileBytes, use));
        }
        try {
            for (ByteBuffer block : inMemory) {
                items.addAll(use.items(block, plan));
            }
        } catch (SpoolBlock.DamagedException e) {
            throw new IllegalStateException("a block was damaged in memory", e);
        }
        return items;
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = SpoolBlock.at(new SpoolFile(spool, worker), from, to);
        if (from + block.limit() < to) {
            result.spawned.add(new ReadSpool(spool, from + block.limit(), to, use));
        }
        result.spawned.addAll(use.items(block, worker.plan()));
    }
}

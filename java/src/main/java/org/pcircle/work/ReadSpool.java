package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;

/**
 * Reads one of this rank's spools back, one block an item, and spawns what is to be done with its records.
 *
 * @param spool its name
 * @param from where a block begins
 * @param to where one ends
 * @param use what its records are for
 */
record ReadSpool(String spool, long from, long to, Use use) implements SpoolItem {

    /** What is done with the records of a block. */
    interface Use {
        List<Item> items(ByteBuffer block, Plan plan) throws SpoolBlock.DamagedException;
    }

    /** For all of a spool: its blocks in memory, and the bytes of its file. */
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
    public void readSpool(Workbench bench, Result result) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = SpoolBlock.at(new SpoolFile(spool, bench), from, to);
        if (from + block.limit() < to) {
            result.spawned.add(new ReadSpool(spool, from + block.limit(), to, use));
        }
        result.spawned.addAll(use.items(block, bench.plan()));
    }
}

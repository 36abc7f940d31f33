package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.journal.Spool;
import org.pcircle.plan.Plan;

/**
 * One of this rank's spools, and the name of its file. Used by the rank's own thread.
 *
 * @param name of its file, and of its records in a checkpoint
 */
public record RankSpool(String name, Spool spool) {

    /** A spool that may write to its file. */
    public RankSpool(String name) {
        this(name, new Spool());
    }

    /** A spool of a run; in memory for a dry run, which writes nothing. */
    public static RankSpool of(String name, Plan plan) {
        return new RankSpool(name, plan.task().dryRun() ? Spool.inMemory() : new Spool());
    }

    public boolean isEmpty() {
        return spool.isEmpty();
    }

    /** Appends a record; returns the items that follow. */
    public List<Item> append(byte[] record) {
        Spool.Write write = spool.append(record);
        return write == null ? List.of() : List.of(new WriteSpool(name, write));
    }

    /** Appends several records; returns the items that follow. */
    public List<Item> appendAll(List<byte[]> records) {
        List<Item> items = new ArrayList<>();
        for (byte[] record : records) {
            items.addAll(append(record));
        }
        return items;
    }

    /** The items that read all records and process them; the spool must not be appended to any more. */
    public List<Item> readAll(ReadSpool.Use use, Plan plan) {
        return ReadSpool.all(name, spool.takeMemory(), spool.fileBytes(), use, plan);
    }

    /** All records, to be sorted; the spool must not be appended to any more. */
    public SortedSpool sorted(Comparator<ByteBuffer> order) {
        return new SortedSpool(name, spool, spool.takeMemory(), order);
    }
}

package org.pcircle.work;

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
 * @param name of its file, and of what a checkpoint holds of it
 */
record RankSpool(String name, Spool spool) {

    /** One that may write to its file. */
    RankSpool(String name) {
        this(name, new Spool());
    }

    /** Of a run that may be a dry one, which writes nothing. */
    static RankSpool of(String name, Plan plan) {
        return new RankSpool(name, plan.dryRun() ? Spool.inMemory() : new Spool());
    }

    boolean isEmpty() {
        return spool.isEmpty();
    }

    /** Appends a record; returns what there is to do for it. */
    List<Item> append(byte[] record) {
        Spool.Write write = spool.append(record);
        return write == null ? List.of() : List.of(new WriteSpool(name, write));
    }

    /** Likewise, several. */
    List<Item> appendAll(List<byte[]> records) {
        List<Item> items = new ArrayList<>();
        for (byte[] record : records) {
            items.addAll(append(record));
        }
        return items;
    }

    /** What reads all of it, and does what its records are for; nothing is appended any more. */
    List<Item> readAll(ReadSpool.Use use, Plan plan) {
        return ReadSpool.all(name, spool.takeMemory(), spool.fileBytes(), use, plan);
    }

    /** All of it, to be sorted; nothing is appended any more. */
    SortedSpool sorted(Comparator<ByteBuffer> order) {
        return new SortedSpool(name, spool, spool.takeMemory(), order);
    }
}

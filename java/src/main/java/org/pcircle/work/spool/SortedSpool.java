package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.Spool;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.journal.SpoolSort;
import org.pcircle.work.WorkerContext;

/** The records of one of this rank's spools, sorted step by step and then read in order. Used by one item at a time. */
public final class SortedSpool {

    private final String name;
    private final SpoolSort sort;

    /**
     * Takes over a spool that must not be appended to any more.
     *
     * @param name of its file; the sorted files are beside it
     * @param inMemory its blocks that are in memory
     * @param order of records, each the remaining bytes of a buffer that must not be changed
     */
    public SortedSpool(String name, Spool spool, List<ByteBuffer> inMemory, Comparator<ByteBuffer> order) {
        this.name = name;
        this.sort = new SpoolSort(inMemory, spool.fileBytes(), order);
    }

    /** Does a step of the sorting; returns whether there are more. */
    public boolean sortFurther(WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        return sort.step(new SpoolFile(name, worker), first(worker), second(worker));
    }

    /** The block of records at a position: 0 or the end of the previous block. Its limit is its length. */
    public ByteBuffer at(long position, WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        return sort.block(position, first(worker), second(worker));
    }

    public boolean isEnd(long position) {
        return position == sort.sortedBytes();
    }

    private SpoolFile first(WorkerContext worker) {
        return new SpoolFile(name + "-sorted", worker);
    }

    private SpoolFile second(WorkerContext worker) {
        return new SpoolFile(name + "-merged", worker);
    }
}

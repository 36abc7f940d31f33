package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.Spool;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.journal.SpoolSort;

/** The records of one of this rank's spools, to be sorted step by step and then read in order. Used by one item at a time. */
final class SortedSpool {

    private final String name;
    private final SpoolSort sort;

    /**
     * Takes over a spool that is not appended to any more.
     *
     * @param name of its file; what it is sorted to is beside that
     * @param inMemory its blocks that are in memory
     * @param order of records, each the rest of a buffer, which must stay as it is
     */
    SortedSpool(String name, Spool spool, List<ByteBuffer> inMemory, Comparator<ByteBuffer> order) {
        this.name = name;
        this.sort = new SpoolSort(inMemory, spool.fileBytes(), order);
    }

    /** Does a part of the sorting; whether there is more to do. */
    boolean sortFurther(Workbench bench) throws FileException, SpoolBlock.DamagedException {
        return sort.step(new SpoolFile(name, bench), first(bench), second(bench));
    }

    /** The records that begin at a position, 0 or the end of those before; they end at their limit from there. */
    ByteBuffer at(long position, Workbench bench) throws FileException, SpoolBlock.DamagedException {
        return sort.block(position, first(bench), second(bench));
    }

    boolean isEnd(long position) {
        return position == sort.sortedBytes();
    }

    private SpoolFile first(Workbench bench) {
        return new SpoolFile(name + "-sorted", bench);
    }

    private SpoolFile second(Workbench bench) {
        return new SpoolFile(name + "-merged", bench);
    }
}

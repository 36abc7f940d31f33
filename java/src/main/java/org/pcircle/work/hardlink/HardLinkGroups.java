package org.pcircle.work.hardlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.RankSpool;
import org.pcircle.work.spool.SortedSpool;

/**
 * The names of hard-linked entries, at their owner: sorted, so that the names of an entry follow one another. Used by
 * one item at a time.
 */
final class HardLinkGroups {

    private final SortedSpool spool;

    HardLinkGroups(RankSpool names) {
        this.spool = names.sorted(Comparator.naturalOrder());
    }

    /** Does a step of the sorting; returns whether there are more. */
    boolean sortFurther(WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        return spool.sortFurther(worker);
    }

    /** Some names in order. */
    record Names(List<HardLinkName> names, long end) {}

    /** The names at a position: 0 or the end of the previous ones. */
    Names at(long position, WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = spool.at(position, worker);
        long end = position + block.limit();
        List<HardLinkName> names = new ArrayList<>();
        SpoolBlock.read(block, record -> names.add(HardLinkName.read(record)));
        return new Names(names, end);
    }

    boolean isEnd(long position) {
        return spool.isEnd(position);
    }
}

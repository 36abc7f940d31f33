package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;

/**
 * The names that were found of entries that have several, at the rank that brings them together: sorted, so that the names of
 * an entry follow one another. Used by one item at a time.
 */
final class LinkGroups {

    private final SortedSpool spool;

    LinkGroups(RankSpool names) {
        this.spool = names.sorted(Comparator.naturalOrder());
    }

    /** Does a part of the sorting; whether there is more to do. */
    boolean sortFurther(Workbench bench) throws FileException, SpoolBlock.DamagedException {
        return spool.sortFurther(bench);
    }

    /** Some names in their order. */
    record Names(List<LinkedName> names, long end) {}

    /** The names that begin at a position, 0 or the end of those before. */
    Names at(long position, Workbench bench) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = spool.at(position, bench);
        long end = position + block.limit();
        List<LinkedName> names = new ArrayList<>();
        SpoolBlock.read(block, record -> names.add(LinkedName.read(record)));
        return new Names(names, end);
    }

    boolean isEnd(long position) {
        return spool.isEnd(position);
    }
}

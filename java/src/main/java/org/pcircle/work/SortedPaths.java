package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.PathOrder;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;

/** Paths that were spooled, sorted so that each directory stands right before all that is in it. Used by one item at a time. */
final class SortedPaths {

    private final SortedSpool spool;

    /** The spool keeps what it has, as checkpoints hold it until all of it has been copied. */
    SortedPaths(RankSpool listed) {
        this.spool =
                new SortedSpool(listed.name(), listed.spool(), listed.spool().memory(), PathOrder::compare);
    }

    /** Does a part of the sorting; whether there is more to do. */
    boolean sortFurther(Workbench bench) throws FileException, SpoolBlock.DamagedException {
        return spool.sortFurther(bench);
    }

    /** Some paths in their order. */
    record Paths(List<TreePath> paths, long end) {}

    /** The paths that begin at a position, 0 or the end of those before. */
    Paths at(long position, Workbench bench) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = spool.at(position, bench);
        long end = position + block.limit();
        List<TreePath> paths = new ArrayList<>();
        SpoolBlock.read(block, record -> {
            byte[] path = new byte[record.remaining()];
            record.get(path);
            paths.add(new TreePath(path));
        });
        return new Paths(paths, end);
    }

    boolean isEnd(long position) {
        return spool.isEnd(position);
    }
}

package org.pcircle.work.filesfrom;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.PathOrder;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.RankSpool;
import org.pcircle.work.spool.SortedSpool;

/** Spooled paths, sorted so that each directory comes right before its contents. Used by one item at a time. */
final class SortedPaths {

    private final SortedSpool spool;

    /** The spool keeps its records, as checkpoints refer to them until everything has been copied. */
    SortedPaths(RankSpool listed) {
        this.spool =
                new SortedSpool(listed.name(), listed.spool(), listed.spool().memory(), PathOrder::compare);
    }

    /** Does a step of the sorting; returns whether there are more. */
    boolean sortFurther(WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        return spool.sortFurther(worker);
    }

    /** Some paths in order. */
    record Paths(List<TreePath> paths, long end) {}

    /** The paths at a position: 0 or the end of the previous ones. */
    Paths at(long position, WorkerContext worker) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = spool.at(position, worker);
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

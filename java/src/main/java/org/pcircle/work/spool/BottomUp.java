package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.FileException;
import org.pcircle.fs.PathOrder;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Processes directories bottom-up, each after its contents: gives them modes with which their owner cannot enter them,
 * or removes them. They are sorted by tree and backwards by path, so that the next one is mostly near; a block an item.
 * A record begins with the number of its root and the path below that, as
 * {@link org.pcircle.wire.Wire#writeBytes} writes it.
 */
public final class BottomUp implements SpoolItem {

    /** The action on a directory. */
    public interface Step {
        void take(ByteBuffer directory, WorkerContext worker, ItemResult result);
    }

    private final SortedSpool directories;
    private final Step step;
    private final boolean sorted;
    private final long position;

    private BottomUp(SortedSpool directories, Step step, boolean sorted, long position) {
        this.directories = directories;
        this.step = step;
        this.sorted = sorted;
        this.position = position;
    }

    /** The item that processes all directories of a spool, which must not be appended to any more. */
    public static List<Item> all(RankSpool spool, Step step) {
        return spool.isEmpty() ? List.of() : List.of(new BottomUp(spool.sorted(BottomUp::compare), step, false, 0));
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (!sorted) {
            boolean more = directories.sortFurther(worker);
            result.spawned.add(new BottomUp(directories, step, !more, 0));
        } else if (!directories.isEnd(position)) {
            ByteBuffer block = directories.at(position, worker);
            long end = position + block.limit();
            SpoolBlock.read(block, record -> step.take(record, worker, result));
            result.spawned.add(new BottomUp(directories, step, true, end));
        }
    }

    /** The order of encoded directories. */
    private static int compare(ByteBuffer a, ByteBuffer b) {
        int byRoot = Integer.compare(root(a), root(b));
        return byRoot != 0 ? byRoot : PathOrder.compare(path(b), path(a));
    }

    private static int root(ByteBuffer encoded) {
        return encoded.getInt(encoded.position());
    }

    private static ByteBuffer path(ByteBuffer encoded) {
        int bytes = encoded.getInt(encoded.position() + Integer.BYTES);
        return encoded.slice(encoded.position() + 2 * Integer.BYTES, bytes);
    }
}

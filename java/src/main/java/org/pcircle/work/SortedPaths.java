package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.journal.SpoolSort;

/** Paths that were spooled, sorted so that each directory stands right before all that is in it. Used by one item at a time. */
final class SortedPaths {

    private final SpoolSort sort;

    /** From what a spool has kept in memory, and the length of its file. */
    SortedPaths(List<ByteBuffer> inMemory, long fileBytes) {
        this.sort = new SpoolSort(inMemory, fileBytes, SortedPaths::compare);
    }

    /** Does a part of the sorting; whether there is more to do. */
    boolean sortFurther(Workbench bench) throws FileException, SpoolBlock.DamagedException {
        return sort.step(new SpoolFile(RankState.LISTED, bench), new SpoolFile(RankState.LISTED_SPARE, bench));
    }

    /** Some paths in their order. */
    record Paths(List<TreePath> paths, long end) {}

    /** The paths that begin at a position, 0 or the end of those before. */
    Paths at(long position, Workbench bench) throws FileException, SpoolBlock.DamagedException {
        ByteBuffer block = sort.block(
                position, new SpoolFile(RankState.LISTED, bench), new SpoolFile(RankState.LISTED_SPARE, bench));
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
        return position == sort.sortedBytes();
    }

    /** Byte by byte, a slash before all others. */
    private static int compare(ByteBuffer a, ByteBuffer b) {
        int common = Math.min(a.remaining(), b.remaining());
        for (int i = 0; i < common; i++) {
            int difference = rank(a.get(a.position() + i)) - rank(b.get(b.position() + i));
            if (difference != 0) {
                return difference;
            }
        }
        return a.remaining() - b.remaining();
    }

    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }
}

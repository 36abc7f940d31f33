package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;

/**
 * Does with directories what cuts off what is in them, the deepest first, so that each is still reachable when its turn
 * comes: gives them modes with which their owner cannot enter them, or takes them away. One reading of the spool does one depth and
 * finds the next: such directories are rare, and paths are not deep.
 */
final class DeepestFirst implements SpoolItem {

    /** What is done with a directory. */
    interface Step {
        void take(DirectoryMetadata directory, Workbench bench, Result result);
    }

    private final String spool;
    private final Step step;

    private final List<ByteBuffer> inMemory;
    private final long fileBytes;

    /** Those of this depth have their turn. */
    private final int depth;

    /** The deepest that are less deep than that. */
    private int nextDepth = -1;

    private DeepestFirst(String spool, Step step, List<ByteBuffer> inMemory, long fileBytes, int depth) {
        this.spool = spool;
        this.step = step;
        this.inMemory = inMemory;
        this.fileBytes = fileBytes;
        this.depth = depth;
    }

    /** All directories of a spool: its blocks in memory, and the bytes of its file. */
    static DeepestFirst all(String spool, Step step, List<ByteBuffer> inMemory, long fileBytes) {
        return new DeepestFirst(spool, step, inMemory, fileBytes, Integer.MAX_VALUE);
    }

    @Override
    public void readSpool(Workbench bench, Result result) throws FileException, SpoolBlock.DamagedException {
        for (ByteBuffer block : inMemory) {
            take(block, bench, result);
        }
        SpoolFile file = new SpoolFile(spool, bench);
        for (long at = 0; at < fileBytes; ) {
            ByteBuffer block = SpoolBlock.at(file, at, fileBytes);
            at += block.limit();
            take(block, bench, result);
        }
        if (nextDepth >= 0) {
            result.spawned.add(new DeepestFirst(spool, step, inMemory, fileBytes, nextDepth));
        }
    }

    private void take(ByteBuffer block, Workbench bench, Result result) throws SpoolBlock.DamagedException {
        SpoolBlock.read(block, record -> {
            DirectoryMetadata directory = DirectoryMetadata.read(record);
            int itsDepth = directory.path().depth();
            if (itsDepth == depth) {
                step.take(directory, bench, result);
            } else if (itsDepth < depth) {
                nextDepth = Math.max(nextDepth, itsDepth);
            }
        });
    }
}

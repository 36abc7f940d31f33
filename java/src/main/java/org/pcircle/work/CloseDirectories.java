package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Fault;

/**
 * Finishes directories that their owner cannot enter afterwards, the deepest first, so that each is still reachable when
 * its turn comes. One reading of the spool finishes one depth and finds the next: such directories are rare, and paths
 * are not deep.
 */
final class CloseDirectories implements LocalItem {

    private final List<ByteBuffer> inMemory;
    private final long fileBytes;

    /** Those of this depth are finished. */
    private final int depth;

    /** The deepest that are less deep than that. */
    private int nextDepth = -1;

    private CloseDirectories(List<ByteBuffer> inMemory, long fileBytes, int depth) {
        this.inMemory = inMemory;
        this.fileBytes = fileBytes;
        this.depth = depth;
    }

    /** All directories of a spool: its blocks in memory, and the bytes of its file. */
    static CloseDirectories all(List<ByteBuffer> inMemory, long fileBytes) {
        return new CloseDirectories(inMemory, fileBytes, Integer.MAX_VALUE);
    }

    @Override
    public void run(Workbench bench, Result result) {
        SpoolFile file = new SpoolFile(RankState.CLOSED_DIRECTORIES, bench);
        try {
            for (ByteBuffer block : inMemory) {
                finish(block, bench, result);
            }
            for (long at = 0; at < fileBytes; ) {
                ByteBuffer block = file.block(at, fileBytes);
                at += block.limit();
                finish(block, bench, result);
            }
        } catch (FileException e) {
            result.broken(Fault.of(bench.state().shownHolder(), e));
            return;
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(bench.state().shownHolder(), Operation.READ, 0));
            return;
        }
        if (nextDepth >= 0) {
            result.spawned.add(new CloseDirectories(inMemory, fileBytes, nextDepth));
        }
    }

    private void finish(ByteBuffer block, Workbench bench, Result result) throws SpoolBlock.DamagedException {
        SpoolBlock.read(block, record -> {
            DirectoryMetadata directory = DirectoryMetadata.read(record);
            int itsDepth = directory.path().depth();
            if (itsDepth == depth) {
                directory.finish(bench, result);
            } else if (itsDepth < depth) {
                nextDepth = Math.max(nextDepth, itsDepth);
            }
        });
    }
}

package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of a rank, set aside for a later round. The first of them stay in memory, so that a small run needs no file;
 * the others go to a file, block by block. Blocks to be written are returned to the caller, since the loop's thread,
 * which appends, must not wait for a disk. Used by the rank's own thread. Memory stays below {@link #MEMORY_BYTES_MAX}
 * and two blocks.
 */
public final class Spool {

    /** Records beyond this go to the file. */
    public static final int MEMORY_BYTES_MAX = 1 << 20;

    private final int memoryBytesMax;
    private final BlockFiller filler;
    private final List<ByteBuffer> inMemory = new ArrayList<>();
    private int memoryBytes;
    private long fileBytes;

    public Spool() {
        this(SpoolBlock.BYTES_MAX, MEMORY_BYTES_MAX);
    }

    /** A spool that keeps everything in memory, for a dry run. */
    public static Spool inMemory() {
        return new Spool(SpoolBlock.BYTES_MAX, Integer.MAX_VALUE);
    }

    Spool(int blockBytesMax, int memoryBytesMax) {
        this.filler = new BlockFiller(blockBytesMax);
        this.memoryBytesMax = memoryBytesMax;
    }

    /**
     * A sealed block to be written to the file.
     *
     * @param offset in the file, in bytes
     */
    public record Write(ByteBuffer block, long offset) {}

    /**
     * Appends a record.
     *
     * @return a block that must be written to the file before the spool is read; null: none
     */
    public @Nullable Write append(byte[] record) {
        ByteBuffer full = filler.append(ByteBuffer.wrap(record));
        return full == null ? null : keep(full);
    }

    /** Whether nothing was ever appended. */
    public boolean isEmpty() {
        return fileBytes == 0 && memoryBytes == 0 && filler.isEmpty();
    }

    /** Length of the file in bytes, once all returned blocks are written. */
    public long fileBytes() {
        return fileBytes;
    }

    /** The blocks in memory, as they are now; must not be modified. */
    public List<ByteBuffer> memory() {
        List<ByteBuffer> blocks = new ArrayList<>(inMemory);
        ByteBuffer last = filler.copy();
        if (last != null) {
            blocks.add(last);
        }
        return blocks;
    }

    /** Removes and returns the blocks in memory; the spool must not be appended to any more. */
    public List<ByteBuffer> takeMemory() {
        List<ByteBuffer> blocks = new ArrayList<>(inMemory);
        inMemory.clear();
        ByteBuffer last = filler.finish();
        if (last != null) {
            blocks.add(last);
        }
        return blocks;
    }

    private @Nullable Write keep(ByteBuffer block) {
        if (block.limit() <= memoryBytesMax - memoryBytes) {
            memoryBytes += block.limit();
            inMemory.add(block);
            return null;
        }
        Write write = new Write(block, fileBytes);
        fileBytes += block.limit();
        return write;
    }
}

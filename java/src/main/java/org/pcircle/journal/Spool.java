package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of this rank's that wait for a later round. The first of them stay in memory, so that a small run needs no file;
 * the others go to a file, block by block. What is to be written is handed out, since whoever appends must not wait for a
 * disk. Used by the rank's own thread; memory stays below {@link #MEMORY_BYTES_MAX} and two blocks.
 */
public final class Spool {

    /** Records beyond this go to the file. */
    public static final int MEMORY_BYTES_MAX = 1 << 20;

    private final List<ByteBuffer> inMemory = new ArrayList<>();
    private int memoryBytes;
    private long fileBytes;
    private ByteBuffer filling = emptyBlock(SpoolBlock.BYTES_MAX);

    /**
     * A sealed block that belongs into the file.
     *
     * @param offset in the file, in bytes
     */
    public record Write(ByteBuffer block, long offset) {}

    /**
     * Appends a record.
     *
     * @return what is to be written to the file before the spool is read; null if nothing is
     */
    public @Nullable Write append(byte[] record) {
        int bytes = SpoolBlock.recordBytes(record.length);
        Write write = null;
        if (filling.remaining() < bytes) {
            write = seal();
            filling = emptyBlock(Math.max(SpoolBlock.BYTES_MAX, SpoolBlock.HEADER_BYTES + bytes));
        }
        filling.putInt(record.length).put(record);
        return write;
    }

    /** Bytes in the file once everything handed out is written. */
    public long fileBytes() {
        return fileBytes;
    }

    /** Takes the blocks out that are in memory; the spool is not appended to any more. */
    public List<ByteBuffer> takeMemory() {
        List<ByteBuffer> blocks = new ArrayList<>(inMemory);
        inMemory.clear();
        if (filling.position() > SpoolBlock.HEADER_BYTES) {
            SpoolBlock.seal(filling.flip());
            blocks.add(filling);
        }
        filling = emptyBlock(SpoolBlock.HEADER_BYTES);
        return blocks;
    }

    private @Nullable Write seal() {
        if (filling.position() == SpoolBlock.HEADER_BYTES) {
            return null;
        }
        SpoolBlock.seal(filling.flip());
        if (memoryBytes + filling.limit() <= MEMORY_BYTES_MAX) {
            memoryBytes += filling.limit();
            inMemory.add(filling);
            return null;
        }
        Write write = new Write(filling, fileBytes);
        fileBytes += filling.limit();
        return write;
    }

    private static ByteBuffer emptyBlock(int bytes) {
        return ByteBuffer.allocate(bytes).position(SpoolBlock.HEADER_BYTES);
    }
}

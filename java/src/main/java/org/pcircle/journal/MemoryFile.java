package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** A few blocks in memory, read as if they were in a file. */
final class MemoryFile implements BlockFile<RuntimeException> {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Map<Long, ByteBuffer> blocks = new HashMap<>();

    @Override
    public ByteBuffer read(long offset, int bytes) {
        ByteBuffer block = blocks.getOrDefault(offset, NOTHING).duplicate();
        return block.limit(Math.min(block.limit(), bytes));
    }

    @Override
    public void write(ByteBuffer block, long offset) {
        blocks.put(offset, block);
    }
}

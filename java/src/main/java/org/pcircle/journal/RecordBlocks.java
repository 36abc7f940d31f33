package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records put into sealed blocks that stay in memory, in the order in which they are appended. For one thread at a
 * time.
 */
public final class RecordBlocks {

    private final BlockFiller filler = new BlockFiller(SpoolBlock.BYTES_MAX);
    private final List<ByteBuffer> blocks = new ArrayList<>();

    /** Appends the remaining bytes of a buffer; its position does not change. */
    public void append(ByteBuffer record) {
        add(filler.append(record));
    }

    /** All blocks; nothing is appended any more. */
    public List<ByteBuffer> finish() {
        add(filler.finish());
        return blocks;
    }

    private void add(@Nullable ByteBuffer block) {
        if (block != null) {
            blocks.add(block);
        }
    }
}

package org.pcircle.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Puts records into blocks, one block after another. */
final class BlockFiller {

    private static final ByteBuffer NO_BLOCK = ByteBuffer.allocate(0);

    private final int blockBytesMax;
    private ByteBuffer filling = NO_BLOCK;

    /** Fills blocks up to so many bytes, and for a single longer record beyond that. */
    BlockFiller(int blockBytesMax) {
        this.blockBytesMax = blockBytesMax;
    }

    /**
     * Appends the remaining bytes of a buffer; its position does not change.
     *
     * @return the previous block, sealed, if the record did not fit there; else null
     */
    @Nullable
    ByteBuffer append(ByteBuffer record) {
        int bytes = SpoolBlock.recordBytes(record.remaining());
        ByteBuffer full = null;
        if (filling.remaining() < bytes) {
            full = finish();
            filling = ByteBuffer.allocate(Math.max(blockBytesMax, SpoolBlock.HEADER_BYTES + bytes))
                    .position(SpoolBlock.HEADER_BYTES);
        }
        filling.putInt(record.remaining()).put(record.duplicate());
        return full;
    }

    /** Whether no record is in a block that is not full. */
    boolean isEmpty() {
        return filling.position() == 0;
    }

    /** A sealed copy of the block that is being filled; null if nothing is in it. */
    @Nullable
    ByteBuffer copy() {
        if (isEmpty()) {
            return null;
        }
        ByteBuffer block = ByteBuffer.allocate(filling.position())
                .put(filling.duplicate().flip())
                .flip();
        SpoolBlock.seal(block);
        return block;
    }

    /** Seals the block that is being filled; returns null if nothing is in it. */
    @Nullable
    ByteBuffer finish() {
        if (isEmpty()) {
            return null;
        }
        ByteBuffer block = filling.flip();
        SpoolBlock.seal(block);
        filling = NO_BLOCK;
        return block;
    }
}

package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * What one worker tells the natives about how to copy, and what they tell back: {@code struct pc_context} of
 * {@code context.h}. Used by one worker, but that any thread may {@link #stop()} it.
 *
 * <pre>
 *   0 method i32 | 4 sparse i32 | 8 keep u32 | 12 operation i32 | 16 bytes i64
 *  24 stop i32 | 28 in memory i32 | 32 accept changed i32 | 64 the natives' own | … 96
 * </pre>
 */
public final class CopyContext {

    private static final int BYTES = 96;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());

    /**
     * @param method how data is moved
     * @param sparse what becomes of holes
     * @param kept what of an entry to keep
     * @param inMemory whether what {@link Directory#copyEntries} copies stays in memory
     */
    public CopyContext(IoMethod method, Sparse sparse, Set<Kept> kept, boolean inMemory) {
        int keep = 0;
        for (Kept kind : kept) {
            keep |= 1 << kind.ordinal();
        }
        buffer.putInt(0, method.ordinal());
        buffer.putInt(4, sparse.ordinal());
        buffer.putInt(8, keep);
        buffer.putInt(28, inMemory ? 1 : 0);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** The operation that failed in the last call that said so. */
    Operation operation() {
        return Operation.of(buffer.getInt(12));
    }

    /** Bytes copied since this was last asked. */
    public long takeBytes() {
        long bytes = buffer.getLong(16);
        buffer.putLong(16, 0);
        return bytes;
    }

    /** Asks the natives to return at the next entry or piece. From any thread. */
    public void stop() {
        buffer.putInt(24, 1);
    }

    public boolean isStopped() {
        return buffer.getInt(24) != 0;
    }

    /** Whether the next file is finished although its source has changed. */
    void acceptChanged(boolean accept) {
        buffer.putInt(32, accept ? 1 : 0);
    }
}

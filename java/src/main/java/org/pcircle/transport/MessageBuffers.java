package org.pcircle.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.pcircle.circle.Rank;

/**
 * Direct buffers for messages on their way, used again and again: small ones, which nearly all messages fit, and a few
 * that hold a full grant. What is longer still, a plan or a single huge item, gets a buffer of its own. Used by one
 * thread.
 */
public final class MessageBuffers {

    static final int SMALL_BYTES = 4 * 1024;

    /** A grant's items may be this long, and a little is needed around them. */
    static final int LARGE_BYTES = Rank.GRANT_BYTES_MAX + SMALL_BYTES;

    private static final int SMALL_KEPT_MAX = 64;
    private static final int LARGE_KEPT_MAX = 8;

    private final ArrayDeque<ByteBuffer> small = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();

    /** An empty buffer with room for so many bytes. */
    public ByteBuffer take(int bytes) {
        if (bytes > LARGE_BYTES) {
            return ByteBuffer.allocateDirect(bytes);
        }
        boolean isSmall = bytes <= SMALL_BYTES;
        ByteBuffer kept = isSmall ? small.poll() : large.poll();
        return kept != null ? kept.clear() : ByteBuffer.allocateDirect(isSmall ? SMALL_BYTES : LARGE_BYTES);
    }

    /** Takes a buffer back that nobody uses any more. */
    public void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == SMALL_BYTES && small.size() < SMALL_KEPT_MAX) {
            small.push(buffer);
        } else if (buffer.capacity() == LARGE_BYTES && large.size() < LARGE_KEPT_MAX) {
            large.push(buffer);
        }
    }
}

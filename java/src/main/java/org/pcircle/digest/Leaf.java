package org.pcircle.digest;

/** Leaves: the pieces in which a file is hashed, whatever pieces it is copied in. The last one may be shorter. */
public final class Leaf {

    public static final int BYTES = 1 << 20;

    private Leaf() {}

    /** The index of the leaf that contains an offset. */
    public static long index(long offset) {
        return offset / BYTES;
    }

    /** Number of leaves of content of this length. */
    public static long count(long bytes) {
        return bytes / BYTES + (bytes % BYTES > 0 ? 1 : 0);
    }

    /** The last leaf boundary at or before an offset. */
    public static long floor(long offset) {
        return offset / BYTES * BYTES;
    }

    /** The first leaf boundary at or behind an offset; the largest offset if none follows. */
    public static long ceiling(long offset) {
        return offset > Long.MAX_VALUE - BYTES ? Long.MAX_VALUE : floor(offset + BYTES - 1);
    }
}

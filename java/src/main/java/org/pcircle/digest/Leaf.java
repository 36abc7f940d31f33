package org.pcircle.digest;

/** The pieces that a file is digested in, whatever pieces it is copied in: the last one is as long as it is. */
public final class Leaf {

    public static final int BYTES = 1 << 20;

    private Leaf() {}

    /** The number of the leaf that an offset is in. */
    public static long index(long offset) {
        return offset / BYTES;
    }

    /** How many leaves content of this length has. */
    public static long count(long bytes) {
        return bytes / BYTES + (bytes % BYTES > 0 ? 1 : 0);
    }

    /** The last leaf boundary up to an offset. */
    public static long floor(long offset) {
        return offset / BYTES * BYTES;
    }

    /** The first leaf boundary from an offset on; the largest offset there is, where none follows. */
    public static long ceiling(long offset) {
        return offset > Long.MAX_VALUE - BYTES ? Long.MAX_VALUE : floor(offset + BYTES - 1);
    }
}

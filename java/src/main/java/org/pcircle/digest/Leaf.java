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
        return (bytes + BYTES - 1) / BYTES;
    }

    /** The last leaf boundary up to an offset. */
    public static long floor(long offset) {
        return offset / BYTES * BYTES;
    }

    /** The first leaf boundary from an offset on. */
    public static long ceiling(long offset) {
        return floor(offset + BYTES - 1);
    }
}

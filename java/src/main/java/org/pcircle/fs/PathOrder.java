package org.pcircle.fs;

import java.nio.ByteBuffer;

/**
 * The order of paths in which a directory comes right before its contents, and these are in order of their names: byte
 * by byte, a slash before all others.
 */
public final class PathOrder {

    private PathOrder() {}

    public static int compare(byte[] a, byte[] b) {
        return compare(ByteBuffer.wrap(a), ByteBuffer.wrap(b));
    }

    /** Compares the remaining bytes of two buffers, whose positions do not change. */
    public static int compare(ByteBuffer a, ByteBuffer b) {
        int common = Math.min(a.remaining(), b.remaining());
        int at = a.slice().mismatch(b.slice());
        if (at < 0 || at >= common) {
            return a.remaining() - b.remaining();
        }
        return rank(a.get(a.position() + at)) - rank(b.get(b.position() + at));
    }

    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }
}

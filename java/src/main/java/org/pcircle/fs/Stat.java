package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.pcircle.jni.Native;

/** Describes one entry by its path (stat), rather than by listing its directory. */
public final class Stat {

    /** AT_FDCWD: names are relative to the current directory. */
    private static final int CURRENT_DIRECTORY = -100;

    /** Room for PATH_MAX, as a path may end in a name that is too long for any directory. */
    private static final int BYTES_MAX = 8192;

    private Stat() {}

    /**
     * The record of the entry at a path as the user gave it.
     *
     * @param follow whether a symbolic link at its end is followed
     */
    public static byte[] at(byte[] path, boolean follow) throws FileException {
        return record(CURRENT_DIRECTORY, path, follow);
    }

    static byte[] record(int directory, byte[] name, boolean follow) throws FileException {
        ByteBuffer record = ByteBuffer.allocateDirect(BYTES_MAX).order(ByteOrder.nativeOrder());
        int bytes = FileException.check(Operation.STAT, Native.describe(directory, name, follow, record));
        byte[] copy = new byte[bytes];
        record.get(0, copy);
        return copy;
    }
}

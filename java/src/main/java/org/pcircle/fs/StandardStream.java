package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * The standard descriptors of this process: 0 to read from, 1 and 2 to write to. They may be anything, even the same
 * file.
 */
public final class StandardStream {

    private static final int PATH_BYTES_MAX = 4096;

    public static final int INPUT = 0;
    public static final int OUTPUT = 1;
    public static final int ERROR = 2;

    private StandardStream() {}

    /**
     * Which of them is the file at a path, so that output for this file must go through the descriptor, behind what was
     * written before; −1 if none is.
     *
     * @param launched whether a launcher may pass on what this process writes
     */
    public static int of(byte[] path, boolean launched) {
        return Math.max(-1, Native.standardDescriptor(path, launched));
    }

    /** Fails if nothing can be written there. */
    public static void checkWritable(int descriptor) throws FileException {
        FileException.check(Operation.WRITE, Native.checkWritable(descriptor));
    }

    /** Whether stdout has no reader any more, as with {@code | head}. */
    public static boolean isReaderGone() {
        return Native.isReaderGone(OUTPUT);
    }

    /**
     * The absolute path of the regular file that a descriptor leads to; null if it is something else, or a file without
     * a name.
     */
    public static byte @Nullable [] regularFile(int descriptor) {
        ByteBuffer path = ByteBuffer.allocateDirect(PATH_BYTES_MAX);
        int length = Native.realPath(descriptor, path);
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        path.get(0, bytes);
        try {
            boolean isRegular = Entry.of(Stat.at(bytes, false)).type() == Entry.REGULAR;
            return isRegular && of(bytes, false) >= 0 ? bytes : null;
        } catch (FileException e) {
            return null;
        }
    }
}

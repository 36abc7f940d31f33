package org.pcircle.fs;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/**
 * A file that the user has named, read once from its beginning to its end. Its name may be any bytes, and it may be a
 * pipe. A wait for more data ends with {@code EINTR} when the run is stopped.
 */
public final class InputFile extends InputStream {

    private static final int STANDARD_INPUT = 0;
    private static final int PATH_MAX = 4096;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Interval in which a stop is looked for, in milliseconds. */
    private static final int LOOK_MS = 100;

    private final int descriptor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private boolean closed;

    private InputFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** A file at a path as the user gave it, to be read and closed by the caller. */
    public static InputFile open(byte[] path) throws FileException {
        return new InputFile(FileException.check(Operation.OPEN, Native.openInput(path)));
    }

    /** The standard input of this process. */
    public static InputFile standardInput() {
        return new InputFile(STANDARD_INPUT);
    }

    /** Its absolute path as the kernel knows it, without symbolic links. Fails if the path is longer than PATH_MAX. */
    public byte[] realPath() throws FileException {
        ByteBuffer path = ByteBuffer.allocateDirect(PATH_MAX);
        byte[] bytes = new byte[FileException.check(Operation.STAT, Native.realPath(descriptor, path))];
        path.get(0, bytes);
        return bytes;
    }

    @Override
    public int read() throws FileException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws FileException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, from, count);
        return count;
    }

    /** Reads ahead; false at the end. */
    private boolean fill() throws FileException {
        if (buffer.hasRemaining()) {
            return true;
        }
        int count = Native.readOn(descriptor, buffer, BUFFER_BYTES, LOOK_MS);
        while (count == -Errno.EAGAIN.number() || count == -Errno.EINTR.number()) {
            if (Signals.received() != null) {
                throw new FileException(Operation.READ, Errno.EINTR.number());
            }
            count = Native.readOn(descriptor, buffer, BUFFER_BYTES, LOOK_MS);
        }
        buffer.clear().limit(FileException.check(Operation.READ, count));
        return count > 0;
    }

    @Override
    public void close() {
        if (!closed && descriptor != STANDARD_INPUT) {
            Native.close(descriptor);
        }
        closed = true;
    }
}

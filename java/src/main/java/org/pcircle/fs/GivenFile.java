package org.pcircle.fs;

import java.io.InputStream;
import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/**
 * A file that the user has named, to be read once from its beginning to its end; its name may be any bytes, and it may be a pipe. A wait
 * for one that has nothing yet is over when the user wants the run to stop: {@code EINTR}.
 */
public final class GivenFile extends InputStream {

    private static final int STANDARD_INPUT = 0;
    private static final int PATH_MAX = 4096;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** How long a stop may have to wait. */
    private static final int LOOK_MS = 100;

    private final int descriptor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
    private boolean closed;

    private GivenFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** A file at a path as the user gave it, to be read and closed by the caller. */
    public static GivenFile open(byte[] path) throws FileException {
        return new GivenFile(FileException.check(Operation.OPEN, Native.openInput(path)));
    }

    /** What this process gets from whoever started it. */
    public static GivenFile standardInput() {
        return new GivenFile(STANDARD_INPUT);
    }

    /** Its absolute path as the kernel knows it, without symbolic links. Fails where it is longer than a system call takes. */
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

    /** Whether there is more. */
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

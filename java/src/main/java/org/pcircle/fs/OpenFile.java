package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** An open file. Threads may share one: all reads and writes give an offset. */
public final class OpenFile implements AutoCloseable {

    private final int descriptor;

    OpenFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Writes the first {@code bytes} of a direct buffer. */
    public void write(ByteBuffer direct, int bytes, long offset) throws FileException {
        FileException.check(Operation.WRITE, Native.writeAt(descriptor, direct, bytes, offset));
    }

    /** Reads to the start of a direct buffer; returns fewer bytes than asked for only at the end of the file. */
    public int read(ByteBuffer direct, int bytes, long offset) throws FileException {
        return FileException.check(Operation.READ, Native.readAt(descriptor, direct, bytes, offset));
    }

    /** Flushes the file to its device or server. */
    public void flush() throws FileException {
        FileException.check(Operation.FLUSH, Native.flush(descriptor, true));
    }

    /** Allocates room for the first {@code bytes} of the file. */
    public void allocate(long bytes) throws FileException {
        FileException.check(Operation.WRITE, Native.allocate(descriptor, bytes));
    }

    /** Locks the file for as long as it is open; false if another process has it. */
    public boolean lock() throws FileException {
        int result = Native.lock(descriptor);
        if (result == -Errno.EAGAIN.number()) {
            return false;
        }
        FileException.check(Operation.OPEN, result);
        return true;
    }

    /** Whether another process has locked the file. */
    public boolean isLocked() throws FileException {
        return FileException.check(Operation.OPEN, Native.isLocked(descriptor)) != 0;
    }

    @Override
    public void close() {
        Native.close(descriptor);
    }
}

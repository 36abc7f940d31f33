package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A file that was written and flushed, to be read from where it is kept and not from the page cache. For one thread. */
public final class ReadBack implements AutoCloseable {

    private final int descriptor;
    private final CopyContext context;

    ReadBack(int descriptor, CopyContext context) {
        this.descriptor = descriptor;
        this.context = context;
    }

    /** Where the next data begins, from an offset on; {@code end} if all before that is hole, which reads as zeros. */
    public long nextData(long offset, long end) throws FileException {
        long place = Native.nextData(descriptor, offset, end, context.buffer());
        if (place < 0) {
            throw new FileException(Operation.VERIFY, (int) -place);
        }
        return place;
    }

    /**
     * Reads to the start of a direct buffer, which has room for whole blocks of 4096 bytes and begins at a multiple of that.
     *
     * @param offset a multiple of 4096
     * @return fewer bytes than asked for only at the end of the file
     */
    public int read(ByteBuffer direct, int bytes, long offset) throws FileException {
        return FileException.check(Operation.VERIFY, Native.readBack(descriptor, direct, bytes, offset));
    }

    /** Whether its file system has nothing but the page cache, so that this proves nothing. */
    public boolean isInMemory() {
        return Native.isInMemory(descriptor);
    }

    @Override
    public void close() {
        Native.close(descriptor);
    }
}

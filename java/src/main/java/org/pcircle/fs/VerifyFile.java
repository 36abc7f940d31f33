package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/**
 * A file that was written and flushed, read back from its device or server and not from the page cache. For one thread.
 */
public final class VerifyFile implements AutoCloseable {

    private final int descriptor;
    private final CopyContext context;

    VerifyFile(int descriptor, CopyContext context) {
        this.descriptor = descriptor;
        this.context = context;
    }

    /**
     * The offset of the next data at or behind an offset; {@code end} if there is only a hole before that, which reads
     * as zeros.
     */
    public long nextData(long offset, long end) throws FileException {
        long place = Native.nextData(descriptor, offset, end, context.buffer());
        if (place < 0) {
            throw new FileException(Operation.VERIFY, FileException.errnoOf(place));
        }
        return place;
    }

    /**
     * Reads to the start of a direct buffer, which has room for whole blocks of 4096 bytes and begins at a multiple of
     * that.
     *
     * @param offset a multiple of 4096
     * @return fewer bytes than asked for only at the end of the file
     */
    public int read(ByteBuffer direct, int bytes, long offset) throws FileException {
        return FileException.check(Operation.VERIFY, Native.readBack(descriptor, direct, bytes, offset));
    }

    /** Whether its file system keeps data in the page cache only, so that reading back proves nothing. */
    public boolean isInMemory() {
        return Native.isInMemory(descriptor);
    }

    @Override
    public void close() {
        Native.close(descriptor);
    }
}

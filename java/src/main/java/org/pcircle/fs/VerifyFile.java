package org.pcircle.fs;

import java.nio.ByteBuffer;

/**
 * A file that was written and flushed, read back from its device or server and not from the page cache. For one thread.
 */
public interface VerifyFile extends AutoCloseable {

    /**
     * The offset of the next data at or behind an offset; {@code end} if there is only a hole before that, which reads
     * as zeros.
     */
    long nextData(long offset, long end) throws FileException;

    /**
     * Reads to the start of a direct buffer, which has room for whole blocks of 4096 bytes and begins at a multiple of
     * that.
     *
     * @param offset a multiple of 4096
     * @return fewer bytes than asked for only at the end of the file
     */
    int read(ByteBuffer direct, int bytes, long offset) throws FileException;

    /** Whether its file system keeps data in the page cache only, so that reading back proves nothing. */
    boolean isInMemory();

    @Override
    void close();
}

package org.pcircle.journal;

import java.nio.ByteBuffer;

/**
 * A file of blocks, wherever it is: the journal knows formats, not file systems. Blocks are read where they were written.
 *
 * @param <E> what a failing read or write throws
 */
public interface BlockFile<E extends Exception> {

    /**
     * Reads so many bytes, fewer only at the end of the file.
     *
     * @param offset where a block begins
     * @return from position 0 to the limit, in network byte order; good until this or another file is read or written
     *     next, since all may share one buffer
     */
    ByteBuffer read(long offset, int bytes) throws E;

    /** Writes a block, all of it up to its limit. */
    void write(ByteBuffer block, long offset) throws E;
}

package org.pcircle.journal;

import java.nio.ByteBuffer;

/**
 * A file of blocks, provided by the caller: the journal knows formats, not file systems. Blocks are read at the offsets
 * at which they were written.
 *
 * @param <E> exception of a failed read or write
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

package org.pcircle.fs;

import java.nio.ByteBuffer;

/** A source that is read piece by piece into memory; its target, if it has one, gets each piece, too. For one thread. */
public interface SourceFile extends AutoCloseable {

    /** The offset of the next data at or behind an offset; {@code end} if there is only a hole before that. */
    long nextData(long offset, long end) throws FileException;

    /**
     * Reads a piece to the start of a direct buffer, and writes it to the same offset of the target, if there is one.
     *
     * @param bytes at most as many as {@code io} has
     * @return bytes read; fewer than asked for at the end of the source
     */
    int take(long offset, int bytes, ByteBuffer io) throws FileException;

    /** Makes a range of the target, if there is one, a hole again where possible, so that it can be filled anew. */
    void clear(long offset, long bytes) throws FileException;

    /** Closes the source and the target. Only a successful close says that the target's data has arrived. */
    @Override
    void close() throws FileException;
}

package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A file that is read piece by piece into memory. For one thread. */
public class SourceFile implements AutoCloseable {

    final int source;
    final CopyContext context;

    SourceFile(int source, CopyContext context) {
        this.source = source;
        this.context = context;
    }

    /** The offset of the next data at or behind an offset; {@code end} if there is only a hole before that. */
    public final long nextData(long offset, long end) throws FileException {
        return FileException.check(Native.nextData(source, offset, end, context.buffer()));
    }

    /**
     * Reads a piece to the start of a direct buffer.
     *
     * @param bytes at most as many as {@code io} has
     * @return bytes read; fewer than asked for at the end of the file
     */
    public int take(long offset, int bytes, ByteBuffer io) throws FileException {
        return FileException.check(Operation.READ, Native.readAt(source, io, bytes, offset));
    }

    /** Makes a range of the target, if there is one, a hole again where possible, so that it can be filled anew. */
    public void clear(long offset, long bytes) throws FileException {}

    @Override
    public void close() throws FileException {
        Native.close(source);
    }
}

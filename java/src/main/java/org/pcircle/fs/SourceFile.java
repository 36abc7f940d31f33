package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A file that is open for reading, for whoever wants to see its data, piece by piece. For one thread. */
public class SourceFile implements AutoCloseable {

    final int source;
    final CopyContext context;

    SourceFile(int source, CopyContext context) {
        this.source = source;
        this.context = context;
    }

    /** Where the next data begins, from an offset on; {@code end} if all before that is hole. */
    public final long nextData(long offset, long end) throws FileException {
        return check(Native.nextData(source, offset, end, context.buffer()));
    }

    /**
     * Reads a piece to the start of a direct buffer.
     *
     * @param bytes at most as many as {@code io} has
     * @return how many bytes it has; fewer at the end of the file
     */
    public int take(long offset, int bytes, ByteBuffer io) throws FileException {
        return FileException.check(Operation.READ, Native.readAt(source, io, bytes, offset));
    }

    /** Makes a range of a target that is filled with it a hole again, where that can be, to be filled anew. */
    public void clear(long offset, long bytes) throws FileException {}

    @Override
    public void close() throws FileException {
        Native.close(source);
    }

    final long check(long result) throws FileException {
        if (result < 0) {
            throw new FileException(context.operation(), (int) -result);
        }
        return result;
    }
}

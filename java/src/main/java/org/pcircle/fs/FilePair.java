package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A source and a target that is being filled from it, both open, for whoever wants to see the data on its way. For one thread. */
public final class FilePair implements AutoCloseable {

    private final int source;
    private final int target;
    private final CopyContext context;

    FilePair(int source, int target, CopyContext context) {
        this.source = source;
        this.target = target;
        this.context = context;
    }

    /** Where the next data begins, from an offset on; {@code end} if all before that is hole. */
    public long nextData(long offset, long end) throws FileException {
        return check(Native.nextData(source, offset, end, context.buffer()));
    }

    /**
     * Copies a piece to the same place; {@code io} holds it afterwards.
     *
     * @param bytes at most as many as {@code io} has
     * @return how many bytes it has; fewer at the end of the source
     */
    public int copy(long offset, int bytes, ByteBuffer io) throws FileException {
        return (int) check(Native.copySeen(source, target, offset, bytes, context.buffer(), io));
    }

    /** Reads a piece of the source into {@code io} and writes nothing; returns as {@link #copy}. */
    public int read(long offset, int bytes, ByteBuffer io) throws FileException {
        return FileException.check(Operation.READ, Native.readAt(source, io, bytes, offset));
    }

    /** Closes both; only then is it certain that the target's data arrived. */
    @Override
    public void close() throws FileException {
        Native.close(source);
        FileException.check(Operation.CLOSE, Native.close(target));
    }

    private long check(long result) throws FileException {
        if (result < 0) {
            throw new FileException(context.operation(), (int) -result);
        }
        return result;
    }
}

package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A source, and with it a target that is filled with each piece that is taken. */
final class FilePair extends SourceFile {

    private final int target;

    FilePair(int source, int target, CopyContext context) {
        super(source, context);
        this.target = target;
    }

    /** Copies a piece to the same place, too. */
    @Override
    public int take(long offset, int bytes, ByteBuffer io) throws FileException {
        return (int) check(Native.copySeen(source, target, offset, bytes, context.buffer(), io));
    }

    @Override
    public void clear(long offset, long bytes) throws FileException {
        FileException.check(Operation.WRITE, Native.clearRange(target, offset, bytes));
    }

    /** Closes both; only then is it certain that the target's data arrived. */
    @Override
    public void close() throws FileException {
        super.close();
        int flushed = context.flushData(target);
        int closed = Native.close(target);
        FileException.check(Operation.FLUSH, flushed);
        FileException.check(Operation.CLOSE, closed);
    }
}

package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A source with its target. */
final class CopyPair extends SourceDescriptor {

    private final int target;

    CopyPair(int source, int target, CopyContext context) {
        super(source, context);
        this.target = target;
    }

    @Override
    public int take(long offset, int bytes, ByteBuffer io) throws FileException {
        return (int) FileException.check(Native.copyViaBuffer(source, target, offset, bytes, context.buffer(), io));
    }

    @Override
    public void clear(long offset, long bytes) throws FileException {
        FileException.check(Operation.WRITE, Native.clearRange(target, offset, bytes));
    }

    @Override
    public void close() throws FileException {
        super.close();
        int flushed = context.flushData(target);
        int closed = Native.close(target);
        FileException.check(Operation.FLUSH, flushed);
        FileException.check(Operation.CLOSE, closed);
    }
}

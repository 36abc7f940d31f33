package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A source without a target. */
class SourceDescriptor implements SourceFile {

    final int source;
    final CopyContext context;

    SourceDescriptor(int source, CopyContext context) {
        this.source = source;
        this.context = context;
    }

    @Override
    public final long nextData(long offset, long end) throws FileException {
        return FileException.check(Native.nextData(source, offset, end, context.buffer()));
    }

    @Override
    public int take(long offset, int bytes, ByteBuffer io) throws FileException {
        return FileException.check(Operation.READ, Native.readAt(source, io, bytes, offset));
    }

    @Override
    public void clear(long offset, long bytes) throws FileException {}

    @Override
    public void close() throws FileException {
        Native.close(source);
    }
}

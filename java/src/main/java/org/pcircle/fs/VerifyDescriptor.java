package org.pcircle.fs;

import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** An open file that is read back. */
final class VerifyDescriptor implements VerifyFile {

    private final int descriptor;
    private final CopyContext context;

    VerifyDescriptor(int descriptor, CopyContext context) {
        this.descriptor = descriptor;
        this.context = context;
    }

    @Override
    public long nextData(long offset, long end) throws FileException {
        long place = Native.nextData(descriptor, offset, end, context.buffer());
        if (place < 0) {
            throw new FileException(Operation.VERIFY, FileException.errnoOf(place));
        }
        return place;
    }

    @Override
    public int read(ByteBuffer direct, int bytes, long offset) throws FileException {
        return FileException.check(Operation.VERIFY, Native.readBack(descriptor, direct, bytes, offset));
    }

    @Override
    public boolean isInMemory() {
        return Native.isInMemory(descriptor);
    }

    @Override
    public void close() {
        Native.close(descriptor);
    }
}

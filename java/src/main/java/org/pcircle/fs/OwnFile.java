package org.pcircle.fs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.pcircle.jni.Native;

/** A file that this program writes for its user, such as the error list: it may have any name, as all files, and be a pipe. */
public final class OwnFile extends OutputStream {

    private static final int READ_AND_WRITE_FOR_ALL = 0666;
    private static final int BUFFER_BYTES = 8 * 1024;

    private final int descriptor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean closed;

    private OwnFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a file for writing, empty.
     *
     * @param path as the user gave it
     * @param creationMask the user's, as this process has cleared its own
     */
    public static OutputStream create(byte[] path, int creationMask) throws FileException {
        int descriptor = Native.openEmpty(path, READ_AND_WRITE_FOR_ALL & ~creationMask);
        return new OwnFile(FileException.check(Operation.CREATE, descriptor));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int done = 0; done < length; ) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int piece = Math.min(length - done, buffer.remaining());
            buffer.put(bytes, from + done, piece);
            done += piece;
        }
    }

    @Override
    public void flush() throws IOException {
        int bytes = buffer.position();
        buffer.clear();
        FileException.check(Operation.WRITE, Native.writeOn(descriptor, buffer, bytes));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            flush();
        } finally {
            FileException.check(Operation.CLOSE, Native.close(descriptor));
        }
    }
}

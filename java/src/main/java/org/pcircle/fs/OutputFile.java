package org.pcircle.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * A file that this program writes for its user, such as the error list. Its name may be any bytes, and it may be a
 * pipe. A document that is written in one go replaces an older one only when it is {@link #complete complete}.
 */
public final class OutputFile extends UserOutput {

    private static final int READ_AND_WRITE_FOR_ALL = 0666;
    private static final int BUFFER_BYTES = 64 * 1024;

    /** Longest path that is opened in one call, and a suffix. */
    private static final int PATH_BYTES_MAX = 4096 + 512;

    /** Interval in which a stop is looked for while a FIFO has no reader, in milliseconds. */
    private static final int LOOK_MS = 100;

    private final int descriptor;
    private final byte[] path;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /** The temporary path until it is complete; null: it has its own path. */
    private @Nullable ByteBuffer beside;

    private boolean closed;

    private OutputFile(int descriptor, byte[] path, @Nullable ByteBuffer beside) {
        this.descriptor = descriptor;
        this.path = path;
        this.beside = beside;
    }

    /**
     * Opens a file for writing in place, so that what is written is visible at once.
     *
     * @param path as the user gave it
     * @param creationMask the user's umask, as this process has cleared its own
     * @param append whether to append to an existing file
     */
    public static OutputFile create(byte[] path, int creationMask, boolean append) throws FileException {
        int mode = READ_AND_WRITE_FOR_ALL & ~creationMask;
        int result = Native.openOutput(path, mode, append);
        while (result == -Errno.ENXIO.number() && isFifo(path) && Signals.received() == null) {
            pause(); // until the FIFO has a reader
            result = Native.openOutput(path, mode, append);
        }
        return new OutputFile(FileException.check(Operation.CREATE, result), path, null);
    }

    /** Opens a file that is written in one go: beside the existing one where possible, else in place. */
    public static OutputFile replace(byte[] path, int creationMask) throws FileException {
        ByteBuffer beside = ByteBuffer.allocateDirect(PATH_BYTES_MAX);
        int descriptor = Native.beginBeside(path, READ_AND_WRITE_FOR_ALL & ~creationMask, beside);
        if (Errno.isFull(-descriptor)) {
            throw new FileException(Operation.CREATE, -descriptor);
        }
        return descriptor < 0 ? create(path, creationMask, false) : new OutputFile(descriptor, path, beside);
    }

    /** Fails if a file cannot be written, as far as that is known without touching anything. */
    public static void check(byte[] path) throws FileException {
        FileException.check(Operation.CREATE, Native.checkOutput(path));
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

    /** Also renames it to its final path. */
    @Override
    public void complete() throws IOException {
        flush();
        if (beside != null) {
            FileException.check(Operation.RENAME, Native.putInPlace(descriptor, beside, path));
            beside = null;
        }
    }

    /** Closes it; an incomplete replacement is deleted. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (beside == null) {
                flush();
            } else {
                Native.takeBesideAway(beside);
            }
        } finally {
            FileException.check(Operation.CLOSE, Native.close(descriptor));
        }
    }

    private static boolean isFifo(byte[] path) throws FileException {
        return Entry.of(Stat.at(path, true)).type() == Entry.FIFO;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

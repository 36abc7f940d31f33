package org.pcircle.cli.console;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.pcircle.fs.UserOutput;

/** Passes on the text written to it in pieces of whole lines; the last line gets an end if it has none. */
final class LineStream extends UserOutput {

    /** A piece is passed on when it is longer than this; a single line may be longer. */
    private static final int PIECE_BYTES = 8 * 1024;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

    /** @param lines receives whole lines */
    LineStream(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        waiting.write(bytes, from, length);
        if (waiting.size() > PIECE_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() {
        byte[] all = waiting.toByteArray();
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        if (end > 0) {
            lines.accept(Arrays.copyOf(all, end));
            waiting.reset();
            waiting.write(all, end, all.length - end);
        }
    }

    @Override
    public void complete() {
        close();
    }

    @Override
    public void close() {
        flush();
        if (waiting.size() > 0) {
            waiting.write('\n');
            flush();
        }
    }
}

package org.pcircle.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The files of a spool and of its sort, in memory. As with a worker's, all that is read stands in one buffer, which the
 * next call overwrites. One call can be made to fail.
 */
final class SortFiles {

    final OneFile spool = new OneFile();
    final OneFile first = new OneFile();
    final OneFile second = new OneFile();

    private byte[] buffer = new byte[0];
    private int readBytesMax;
    private long writtenBytes;
    private int callsBeforeFailure = Integer.MAX_VALUE;

    /** Lets so many calls pass, and the one after them fail. */
    void failAfter(int calls) {
        callsBeforeFailure = calls;
    }

    boolean hasFailed() {
        return callsBeforeFailure < 0;
    }

    /** The most that was asked for at a time. */
    int readBytesMax() {
        return readBytesMax;
    }

    long writtenBytes() {
        return writtenBytes;
    }

    private void call() throws IOException {
        Arrays.fill(buffer, (byte) 0x55);
        if (callsBeforeFailure >= 0 && callsBeforeFailure-- == 0) {
            throw new IOException("planted");
        }
    }

    final class OneFile implements BlockFile<IOException> {

        private byte[] content = new byte[0];
        private int length;

        int bytes() {
            return length;
        }

        void cut(int bytes) {
            length = bytes;
        }

        void flip(int at, int bits) {
            content[at] ^= (byte) bits;
        }

        @Override
        public ByteBuffer read(long offset, int bytes) throws IOException {
            call();
            int there = Math.max(0, Math.min(bytes, length - (int) offset));
            if (buffer.length < there) {
                buffer = new byte[there];
            }
            System.arraycopy(content, (int) offset, buffer, 0, there);
            readBytesMax = Math.max(readBytesMax, bytes);
            return ByteBuffer.wrap(buffer).limit(there);
        }

        @Override
        public void write(ByteBuffer block, long offset) throws IOException {
            call();
            int end = (int) offset + block.limit();
            if (content.length < end) {
                content = Arrays.copyOf(content, Math.max(end, 2 * content.length));
            }
            length = Math.max(length, end);
            block.get(0, content, (int) offset, block.limit());
            writtenBytes += block.limit();
        }
    }
}

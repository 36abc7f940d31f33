package org.pcircle.work.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.work.PlannedCalls;
import org.pcircle.work.Samples;

/**
 * A directory in memory. Each entry has an offset that no other one ever gets, so a listing goes on right whatever is
 * created or removed meanwhile. Nobody may list on behind the end. Calls: open, list, position, goTo, describe.
 */
final class MemoryDirectory {

    private static final int MTIME_S = 16;

    final PlannedCalls calls = new PlannedCalls();

    /** Streams that are open. */
    int open;

    private final NavigableMap<Long, byte[]> entries = new TreeMap<>();
    private final boolean hasLastingOffsets;
    private final boolean tellsEndApart;
    private long offset;
    private long modifiedSeconds = 1_000;

    /**
     * An empty directory.
     *
     * @param hasLastingOffsets whether another descriptor can continue at an offset
     * @param tellsEndApart whether the end is told without entries, after the last of them
     */
    MemoryDirectory(boolean hasLastingOffsets, boolean tellsEndApart) {
        this.hasLastingOffsets = hasLastingOffsets;
        this.tellsEndApart = tellsEndApart;
    }

    void add(byte[] record) {
        entries.put(++offset, record);
        modifiedSeconds++;
    }

    void remove(String name) {
        entries.values().removeIf(record -> Arrays.equals(Entry.of(record).name(), name.getBytes(UTF_8)));
        modifiedSeconds++;
    }

    /** As a clock does that is too coarse to tell two changes apart. */
    void removeUnnoticed(String name) {
        remove(name);
        modifiedSeconds--;
    }

    DirectoryStream open() throws FileException {
        calls.made("open");
        open++;
        return new Stream();
    }

    private final class Stream implements DirectoryStream {

        private long position;
        private boolean isClosed;
        private boolean isAtEnd;

        @Override
        public Listed list(ByteBuffer buffer) throws FileException {
            made("list");
            if (isAtEnd) {
                throw new IllegalStateException("listed behind its end");
            }
            int bytes = 0;
            Map.Entry<Long, byte[]> next = entries.higherEntry(position);
            boolean isEnd = next == null;
            while (next != null && bytes + next.getValue().length <= buffer.capacity()) {
                buffer.put(bytes, next.getValue());
                bytes += next.getValue().length;
                position = next.getKey();
                next = entries.higherEntry(position);
            }
            if (next != null && bytes == 0) {
                throw new FileException(Operation.LIST, Errno.EINVAL.number());
            }
            isAtEnd = tellsEndApart ? isEnd : next == null;
            return new Listed(bytes, isAtEnd);
        }

        @Override
        public OptionalLong position() throws FileException {
            made("position");
            return hasLastingOffsets ? OptionalLong.of(position) : OptionalLong.empty();
        }

        @Override
        public void goTo(long place) throws FileException {
            made("goTo");
            if (!hasLastingOffsets) {
                throw new FileException(Operation.LIST, Errno.EINVAL.number());
            }
            position = place;
        }

        @Override
        public byte[] describe(byte[] name) throws FileException {
            made("describe");
            if (name.length > 0) {
                throw new FileException(Operation.STAT, Errno.ENOENT.number());
            }
            byte[] record = Samples.record("", Entry.DIRECTORY, 0);
            ByteBuffer.wrap(record).order(ByteOrder.nativeOrder()).putLong(MTIME_S, modifiedSeconds);
            return record;
        }

        @Override
        public void close() {
            if (isClosed) {
                throw new IllegalStateException("closed twice");
            }
            isClosed = true;
            open--;
        }

        private void made(String call) throws FileException {
            if (isClosed) {
                throw new IllegalStateException(call + " of a closed directory");
            }
            calls.made(call);
        }
    }
}

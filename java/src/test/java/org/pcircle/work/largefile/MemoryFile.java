package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content of a file in memory: blocks of data, and holes, which read as zeros. It may be longer than memory. */
final class MemoryFile {

    static final int BLOCK_BYTES = 4096;

    /** By their numbers. */
    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();

    private long length;

    MemoryFile(long length) {
        this.length = length;
    }

    long length() {
        return length;
    }

    /** Makes it shorter, or longer by a hole. */
    void truncate(long bytes) {
        length = bytes;
        blocks.tailMap((bytes + BLOCK_BYTES - 1) / BLOCK_BYTES, true).clear();
        byte[] last = blocks.get(bytes / BLOCK_BYTES);
        if (last != null) {
            Arrays.fill(last, (int) (bytes % BLOCK_BYTES), BLOCK_BYTES, (byte) 0);
        }
    }

    /** Writes, and makes the file longer if need be. */
    void write(byte[] data, int count, long offset) {
        length = Math.max(length, offset + count);
        for (int done = 0; done < count; ) {
            byte[] block = blocks.computeIfAbsent((offset + done) / BLOCK_BYTES, number -> new byte[BLOCK_BYTES]);
            int at = (int) ((offset + done) % BLOCK_BYTES);
            int bytes = Math.min(BLOCK_BYTES - at, count - done);
            System.arraycopy(data, done, block, at, bytes);
            done += bytes;
        }
    }

    void flipBit(long offset) {
        blocks.computeIfAbsent(offset / BLOCK_BYTES, number -> new byte[BLOCK_BYTES])[(int) (offset % BLOCK_BYTES)] ^=
                1;
    }

    /** Makes a range a hole; its ends may be amid blocks. */
    void punch(long from, long to) {
        for (long at = from; at < to; ) {
            long end = Math.min(to, (at / BLOCK_BYTES + 1) * BLOCK_BYTES);
            byte[] block = blocks.get(at / BLOCK_BYTES);
            if (block != null && end - at == BLOCK_BYTES) {
                blocks.remove(at / BLOCK_BYTES);
            } else if (block != null) {
                int begin = (int) (at % BLOCK_BYTES);
                Arrays.fill(block, begin, begin + (int) (end - at), (byte) 0);
            }
            Long next = blocks.ceilingKey(at / BLOCK_BYTES + 1);
            at = next == null ? to : Math.max(end, next * BLOCK_BYTES);
        }
    }

    /** Reads to the start of a buffer; returns fewer bytes only at the end of the file. */
    int read(long offset, int bytes, ByteBuffer target) {
        int there = (int) Math.max(0, Math.min(bytes, length - offset));
        for (int done = 0; done < there; ) {
            int at = (int) ((offset + done) % BLOCK_BYTES);
            int count = Math.min(BLOCK_BYTES - at, there - done);
            byte @Nullable [] block = blocks.get((offset + done) / BLOCK_BYTES);
            target.put(done, block == null ? new byte[BLOCK_BYTES] : block, at, count);
            done += count;
        }
        return there;
    }

    /** As SEEK_DATA, but {@code end} if there is only a hole before that. */
    long nextData(long offset, long end) {
        Long block = blocks.ceilingKey(offset / BLOCK_BYTES);
        return block == null ? end : Math.min(end, Math.max(offset, block * BLOCK_BYTES));
    }

    /** The end of the data that an offset is in. */
    long endOfData(long offset, long end) {
        long number = offset / BLOCK_BYTES;
        while (blocks.containsKey(number) && number * BLOCK_BYTES < end) {
            number++;
        }
        return Math.min(Math.min(end, length), number * BLOCK_BYTES);
    }

    /** Whether a range has the same bytes as that of another file; behind its end a file has zeros. */
    boolean hasSame(MemoryFile other, long from, long to) {
        for (long number = from / BLOCK_BYTES; number * BLOCK_BYTES < to; number++) {
            byte[] zeros = new byte[BLOCK_BYTES];
            int begin = (int) Math.max(0, from - number * BLOCK_BYTES);
            int end = (int) Math.min(BLOCK_BYTES, to - number * BLOCK_BYTES);
            byte[] mine = blocks.getOrDefault(number, zeros);
            if (!Arrays.equals(mine, begin, end, other.blocks.getOrDefault(number, zeros), begin, end)) {
                return false;
            }
        }
        return true;
    }
}

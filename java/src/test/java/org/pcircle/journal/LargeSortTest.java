package org.pcircle.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcircle.journal.SpoolBlock.DamagedException;

/**
 * What it takes to sort many records that are on disk: of memory no more than is promised. Time is printed, in a table.
 */
class LargeSortTest {

    /** Enough for two passes of merges. */
    private static final int RECORDS = Integer.getInteger("sort.records", 2_000_000);

    private static final int PATH_BYTES_MAX = 150;
    private static final int KEY_BYTES = 2 * Long.BYTES;

    /** Of the JVM and its libraries, from one look at the heap to the next. */
    private static final long HEAP_NOISE_BYTES = 1 << 20;

    private static final long HEAP_BYTES_MAX = SpoolSort.MEMORY_BYTES_MAX + 2 * SpoolBlock.BYTES_MAX + HEAP_NOISE_BYTES;

    /** So that there are looks at many runs, and at merges. */
    private static final int COMPARISONS_BETWEEN_LOOKS = 2_000_003;

    /** The serial collector clears all garbage away only one time in four. */
    private static final int COLLECTIONS_A_LOOK = 4;

    /** By device and inode number. */
    private static final Comparator<ByteBuffer> BY_KEY = (one, other) -> {
        int at = one.position();
        int otherAt = other.position();
        int devices = Long.compareUnsigned(one.getLong(at), other.getLong(otherAt));
        return devices != 0
                ? devices
                : Long.compareUnsigned(one.getLong(at + Long.BYTES), other.getLong(otherAt + Long.BYTES));
    };

    @TempDir
    private Path folder;

    private long comparisons;
    private long heapBytesBefore;
    private long heapBytesMax;
    private long lookNs;

    @Test
    void itKeepsToItsMemory() throws Exception {
        try (OnDisk spool = new OnDisk(folder.resolve("spool"));
                OnDisk first = new OnDisk(folder.resolve("first"));
                OnDisk second = new OnDisk(folder.resolve("second"))) {
            heapBytesBefore = heapBytes();
            Spool filled = new Spool();
            long sum = fill(filled, spool);
            SpoolSort sort = new SpoolSort(filled.takeMemory(), filled.fileBytes(), this::compare);
            long begin = System.nanoTime();
            int steps = 1;
            while (sort.step(spool, first, second)) {
                steps++;
            }
            double seconds = (System.nanoTime() - begin - lookNs) / 1e9;
            System.out.printf(
                    "| records | MiB | seconds | comparisons | steps | heap, MiB |%n"
                            + "|---|---|---|---|---|---|%n| %,d | %d | %.2f | %,d | %d | %.1f |%n",
                    RECORDS, sort.sortedBytes() >> 20, seconds, comparisons, steps, heapBytesMax / (double) (1 << 20));
            assertThat(heapBytesMax).isLessThanOrEqualTo(HEAP_BYTES_MAX);
            assertThat(sumInOrder(sort, first, second)).isEqualTo(sum);
        }
    }

    private int compare(ByteBuffer one, ByteBuffer other) {
        if (++comparisons % COMPARISONS_BETWEEN_LOOKS == 0) {
            look();
        }
        return BY_KEY.compare(one, other);
    }

    private void look() {
        long begin = System.nanoTime();
        heapBytesMax = Math.max(heapBytesMax, heapBytes() - heapBytesBefore);
        lookNs += System.nanoTime() - begin;
    }

    private static long fill(Spool spool, OnDisk file) throws IOException {
        Random random = new Random(1);
        long sum = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = new byte[KEY_BYTES + 1 + random.nextInt(PATH_BYTES_MAX)];
            random.nextBytes(record);
            ByteBuffer.wrap(record).putLong(0, random.nextInt(3));
            sum += ByteBuffer.wrap(record).hashCode();
            Spool.Write write = spool.append(record);
            if (write != null) {
                file.write(write.block(), write.offset());
            }
        }
        return sum;
    }

    private static long sumInOrder(SpoolSort sort, OnDisk first, OnDisk second) throws IOException, DamagedException {
        long[] sum = {0};
        ByteBuffer[] last = {ByteBuffer.allocate(KEY_BYTES)};
        for (long at = 0; at < sort.sortedBytes(); ) {
            ByteBuffer block = sort.block(at, first, second);
            SpoolBlock.read(block, record -> {
                sum[0] += record.hashCode();
                assertThat(BY_KEY.compare(last[0], record)).isLessThanOrEqualTo(0);
                last[0] = ByteBuffer.allocate(KEY_BYTES).put(0, record, record.position(), KEY_BYTES);
            });
            at += block.limit();
        }
        return sum[0];
    }

    private static long heapBytes() {
        for (int i = 0; i < COLLECTIONS_A_LOOK; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class OnDisk implements BlockFile<IOException>, AutoCloseable {

        private final FileChannel channel;
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(SpoolBlock.BYTES_MAX);

        OnDisk(Path path) throws IOException {
            this.channel = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public ByteBuffer read(long offset, int bytes) throws IOException {
            buffer.clear().limit(bytes);
            while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
            return buffer.flip();
        }

        @Override
        public void write(ByteBuffer block, long offset) throws IOException {
            ByteBuffer rest = block.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest, offset + rest.position());
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

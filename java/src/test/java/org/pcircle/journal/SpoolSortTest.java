package org.pcircle.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.pcircle.journal.SpoolBlock.DamagedException;

class SpoolSortTest {

    /** Bytes from left to right, unsigned; a beginning is less than the whole. */
    private static final Comparator<ByteBuffer> BYTES = SpoolSortTest::compareBytes;

    /** Only the first byte, so that records are equal that are not the same. */
    private static final Comparator<ByteBuffer> FIRST_BYTE =
            Comparator.comparingInt(record -> record.hasRemaining() ? record.get(record.position()) : -1);

    private enum Order {
        RANDOM,
        SORTED,
        REVERSED,
        EQUAL
    }

    /** Limits so low that a few records make many blocks, runs and passes. */
    private record Limits(int blockBytes, int spoolBytes, int sortBytes, int fanIn) {}

    @Property
    void itSortsAsAListDoes(@ForAll("records") List<byte[]> records, @ForAll("limits") Limits limits) throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        run(sort, files);
        records.sort(Arrays::compareUnsigned);
        assertThat(sorted(sort, files)).containsExactlyElementsOf(records);
    }

    @Property
    void equalRecordsAreAllKept(@ForAll("records") List<byte[]> records, @ForAll("limits") Limits limits)
            throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, FIRST_BYTE, files);
        run(sort, files);
        List<byte[]> found = sorted(sort, files);
        assertThat(found.stream().map(ByteBuffer::wrap)).isSortedAccordingTo(FIRST_BYTE);
        found.sort(Arrays::compareUnsigned);
        records.sort(Arrays::compareUnsigned);
        assertThat(found).containsExactlyElementsOf(records);
    }

    @Property
    void aStepThatFailedIsRepeated(
            @ForAll("records") List<byte[]> records,
            @ForAll("limits") Limits limits,
            @ForAll @IntRange(max = 300) int calls)
            throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        files.failAfter(calls);
        try {
            run(sort, files);
        } catch (IOException e) {
            assertThat(files.hasFailed()).isTrue();
            run(sort, files);
        }
        files.failAfter(Integer.MAX_VALUE);
        records.sort(Arrays::compareUnsigned);
        assertThat(sorted(sort, files)).containsExactlyElementsOf(records);
    }

    @Property
    void damageIsNoticedWhereverItMatters(
            @ForAll("records") List<byte[]> records,
            @ForAll("limits") Limits limits,
            @ForAll @IntRange(max = 30) int steps,
            @ForAll @IntRange(max = 2) int which,
            @ForAll @IntRange(max = 100_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int bits)
            throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        for (int i = 0; i < steps && sort.step(files.spool, files.first, files.second); i++) {}
        SortFiles.OneFile file = List.of(files.spool, files.first, files.second).get(which);
        if (file.bytes() > 0) {
            file.flip(place % file.bytes(), bits);
        }
        List<byte[]> found;
        try {
            run(sort, files);
            found = sorted(sort, files);
        } catch (DamagedException e) {
            return;
        }
        records.sort(Arrays::compareUnsigned);
        assertThat(found).containsExactlyElementsOf(records);
    }

    @Property
    void anyDamageToASpoolIsNoticed(
            @ForAll("records") List<byte[]> records,
            @ForAll("limits") Limits limits,
            @ForAll @IntRange(max = 100_000) int place,
            @ForAll @IntRange(min = 1, max = 255) int bits)
            throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        if (files.spool.bytes() > 0) {
            files.spool.flip(place % files.spool.bytes(), bits);
            assertThatThrownBy(() -> run(sort, files)).isInstanceOf(DamagedException.class);
            // A length that is damaged may be any: nobody must make room for it.
            assertThat(files.readBytesMax()).isLessThanOrEqualTo(files.spool.bytes());
        }
    }

    @Test
    void aFileThatHasBecomeShorterIsDamage() throws Exception {
        Limits limits = new Limits(100, 0, 1000, 2);
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records(new Random(1), 100, 30, Order.RANDOM), limits, BYTES, files);
        run(sort, files);
        for (SortFiles.OneFile file : List.of(files.first, files.second)) {
            file.cut((int) sort.sortedBytes() - 1);
        }
        assertThatThrownBy(() -> sorted(sort, files)).isInstanceOf(DamagedException.class);
    }

    @Property
    void aStepIsShort(@ForAll("records") List<byte[]> records, @ForAll("limits") Limits limits) throws Exception {
        int longestBlock = longestBlock(records, limits);
        long writtenMax = Math.max(limits.sortBytes(), limits.spoolBytes()) + 3L * longestBlock;
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        boolean more = true;
        while (more) {
            long written = files.writtenBytes();
            more = sort.step(files.spool, files.first, files.second);
            assertThat(files.writtenBytes() - written).isLessThanOrEqualTo(writtenMax);
        }
    }

    @Property
    void onDiskAllIsThereThreeTimesAtMost(@ForAll("records") List<byte[]> records, @ForAll("limits") Limits limits)
            throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        run(sort, files);
        long bytes = 0;
        for (byte[] record : records) {
            bytes += SpoolBlock.HEADER_BYTES + SpoolBlock.recordBytes(record.length);
        }
        assertThat((long) files.spool.bytes()).isLessThanOrEqualTo(bytes);
        assertThat((long) files.first.bytes()).isLessThanOrEqualTo(bytes);
        assertThat((long) files.second.bytes()).isLessThanOrEqualTo(bytes);
    }

    @Property(tries = 100)
    void fewBlocksAreInMemory(@ForAll("records") List<byte[]> records, @ForAll("limits") Limits limits)
            throws Exception {
        LiveBlocks live = new LiveBlocks();
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, live, files);
        run(sort, files);
        int longestBlock = longestBlock(records, limits);
        long runBytes = limits.sortBytes() + 2L * longestBlock;
        long mergeBytes = (limits.fanIn() + 1L) * longestBlock;
        assertThat(live.bytesMax()).isLessThanOrEqualTo(Math.max(runBytes, mergeBytes));
    }

    @Test
    void aSmallSpoolIsSortedInMemory() throws Exception {
        SortFiles files = new SortFiles();
        files.failAfter(0);
        Spool spool = new Spool();
        List<byte[]> records = records(new Random(2), 5000, 200, Order.RANDOM);
        for (byte[] record : records) {
            assertThat(spool.append(record)).isNull();
        }
        SpoolSort sort = new SpoolSort(spool.takeMemory(), spool.fileBytes(), BYTES);
        run(sort, files);
        records.sort(Arrays::compareUnsigned);
        assertThat(sorted(sort, files)).containsExactlyElementsOf(records);
        assertThat(files.hasFailed()).isFalse();
    }

    @Test
    void anEmptySpoolIsSorted() throws Exception {
        SortFiles files = new SortFiles();
        SpoolSort sort = new SpoolSort(new Spool().takeMemory(), 0, BYTES);
        assertThat(sort.step(files.spool, files.first, files.second)).isFalse();
        assertThat(sort.sortedBytes()).isZero();
    }

    @Test
    void aRecordMayBeLongerThanABlock() throws Exception {
        List<byte[]> records = records(new Random(3), 40, 1_000_000, Order.RANDOM);
        Limits limits = new Limits(SpoolBlock.BYTES_MAX, Spool.MEMORY_BYTES_MAX, 2_000_000, 3);
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records, limits, BYTES, files);
        run(sort, files);
        records.sort(Arrays::compareUnsigned);
        assertThat(sorted(sort, files)).containsExactlyElementsOf(records);
    }

    @Test
    void itCanBeReadFromAnyBlockOn() throws Exception {
        Limits limits = new Limits(200, 0, 1000, 3);
        SortFiles files = new SortFiles();
        SpoolSort sort = begin(records(new Random(4), 200, 40, Order.RANDOM), limits, BYTES, files);
        run(sort, files);
        List<Long> positions = new ArrayList<>();
        List<byte[]> forwards = new ArrayList<>();
        for (long at = 0; at < sort.sortedBytes(); ) {
            positions.add(at);
            at += readBlock(sort, at, files, forwards);
        }
        Collections.reverse(positions);
        List<byte[]> backwards = new ArrayList<>();
        for (long at : positions) {
            List<byte[]> block = new ArrayList<>();
            readBlock(sort, at, files, block);
            backwards.addAll(0, block);
        }
        assertThat(positions).hasSizeGreaterThan(10);
        assertThat(backwards).containsExactlyElementsOf(forwards);
    }

    @Test
    void nothingIsReadBeforeAllIsSorted() {
        SortFiles files = new SortFiles();
        Spool spool = new Spool();
        spool.append(new byte[1]);
        SpoolSort sort = new SpoolSort(spool.takeMemory(), spool.fileBytes(), BYTES);
        assertThatThrownBy(() -> sort.block(0, files.first, files.second)).isInstanceOf(IllegalStateException.class);
    }

    @Provide
    static Arbitrary<List<byte[]>> records() {
        Arbitrary<Integer> counts = Arbitraries.integers().between(0, 120);
        Arbitrary<Integer> lengths = Arbitraries.of(0, 1, 8, 40, 300);
        return Combinators.combine(Arbitraries.longs(), counts, lengths, Arbitraries.of(Order.class))
                .as((seed, count, length, order) -> records(new Random(seed), count, length, order));
    }

    @Provide
    static Arbitrary<Limits> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(SpoolBlock.HEADER_BYTES, 400),
                        Arbitraries.of(0, 0, 1000, 5000),
                        Arbitraries.integers().between(1, 3000),
                        Arbitraries.integers().between(2, 5))
                .as(Limits::new);
    }

    /** Records of few different bytes, so that many begin alike or are the same. */
    private static List<byte[]> records(Random random, int count, int lengthMax, Order order) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] record = new byte[order == Order.EQUAL ? lengthMax : random.nextInt(lengthMax + 1)];
            for (int at = 0; at < record.length && order != Order.EQUAL; at++) {
                record[at] = (byte) (random.nextInt(3) * 100);
            }
            records.add(record);
        }
        if (order == Order.SORTED || order == Order.REVERSED) {
            records.sort(Arrays::compareUnsigned);
        }
        if (order == Order.REVERSED) {
            Collections.reverse(records);
        }
        return records;
    }

    private static SpoolSort begin(List<byte[]> records, Limits limits, Comparator<ByteBuffer> order, SortFiles files)
            throws IOException {
        Spool spool = new Spool(limits.blockBytes(), limits.spoolBytes());
        for (byte[] record : records) {
            Spool.Write write = spool.append(record);
            if (write != null) {
                files.spool.write(write.block(), write.offset());
            }
        }
        return new SpoolSort(
                spool.takeMemory(), spool.fileBytes(), order, limits.sortBytes(), limits.fanIn(), limits.blockBytes());
    }

    private static void run(SpoolSort sort, SortFiles files) throws IOException, DamagedException {
        while (sort.step(files.spool, files.first, files.second)) {}
    }

    private static List<byte[]> sorted(SpoolSort sort, SortFiles files) throws IOException, DamagedException {
        List<byte[]> records = new ArrayList<>();
        for (long at = 0; at < sort.sortedBytes(); ) {
            at += readBlock(sort, at, files, records);
        }
        return records;
    }

    private static int readBlock(SpoolSort sort, long at, SortFiles files, List<byte[]> records)
            throws IOException, DamagedException {
        ByteBuffer block = sort.block(at, files.first, files.second);
        SpoolBlock.read(block, record -> {
            byte[] bytes = new byte[record.remaining()];
            record.get(bytes);
            records.add(bytes);
        });
        return block.limit();
    }

    private static int longestBlock(List<byte[]> records, Limits limits) {
        int longest = limits.blockBytes();
        for (byte[] record : records) {
            longest = Math.max(longest, SpoolBlock.HEADER_BYTES + SpoolBlock.recordBytes(record.length));
        }
        return longest;
    }

    private static int compareBytes(ByteBuffer one, ByteBuffer other) {
        int at = one.mismatch(other);
        if (at < 0 || at == Math.min(one.remaining(), other.remaining())) {
            return one.remaining() - other.remaining();
        }
        return Byte.compareUnsigned(one.get(one.position() + at), other.get(other.position() + at));
    }

    /**
     * Compares bytes, and now and then counts the blocks, of those it has seen records of, that are still in memory.
     */
    private static final class LiveBlocks implements Comparator<ByteBuffer> {

        private static final int COMPARISONS_BETWEEN_COUNTS = 200;

        private final List<WeakReference<byte[]>> seen = new ArrayList<>();
        private int comparisons;
        private long bytesMax;

        @Override
        public int compare(ByteBuffer one, ByteBuffer other) {
            see(one);
            see(other);
            if (++comparisons % COMPARISONS_BETWEEN_COUNTS == 0) {
                count();
            }
            return compareBytes(one, other);
        }

        long bytesMax() {
            return bytesMax;
        }

        @SuppressWarnings("ByteBufferBackingArray") // All of it is meant, whatever part of it the record is.
        private void see(ByteBuffer record) {
            byte[] block = record.array();
            for (WeakReference<byte[]> reference : seen) {
                if (reference.refersTo(block)) {
                    return;
                }
            }
            seen.add(new WeakReference<>(block));
        }

        private void count() {
            System.gc();
            long bytes = 0;
            for (WeakReference<byte[]> reference : seen) {
                byte[] block = reference.get();
                bytes += block == null ? 0 : block.length;
            }
            seen.removeIf(reference -> reference.refersTo(null));
            bytesMax = Math.max(bytesMax, bytes);
        }
    }
}

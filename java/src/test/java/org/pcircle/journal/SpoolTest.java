package org.pcircle.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pcircle.Golden;
import org.pcircle.journal.SpoolBlock.DamagedException;

class SpoolTest {

    private final Spool spool = new Spool();
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Property(tries = 50)
    void everyRecordComesBackOnce(@ForAll @Size(max = 60) List<@IntRange(max = 300_000) Integer> lengths)
            throws DamagedException {
        Spool filled = new Spool();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            byte[] record = record(i, lengths.get(i));
            append(filled, written, record);
            expected.add(fingerprint(ByteBuffer.wrap(record)));
        }
        assertThat(written.size()).isEqualTo((int) filled.fileBytes());
        List<Long> found = new ArrayList<>();
        readFile(written.toByteArray(), found);
        for (ByteBuffer block : filled.takeMemory()) {
            SpoolBlock.read(block, record -> found.add(fingerprint(record)));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aBlockHasTheBytesItAlwaysHad() throws IOException {
        spool.append(new byte[] {1, -1});
        spool.append(new byte[0]);
        spool.append("path".getBytes(StandardCharsets.US_ASCII));
        Golden.assertUnchanged("spool-block", spool.takeMemory());
    }

    @Test
    void aSmallSpoolNeedsNoFile() throws DamagedException {
        for (int i = 0; i < 1000; i++) {
            append(spool, file, record(i, 200));
        }
        assertThat(spool.fileBytes()).isZero();
    }

    @Test
    void aLargeSpoolStaysWithinItsMemory() throws DamagedException {
        for (int i = 0; i < 50_000; i++) {
            append(spool, file, record(i, 200));
        }
        int inMemory = spool.takeMemory().stream().mapToInt(ByteBuffer::limit).sum();
        assertThat(inMemory).isLessThanOrEqualTo(Spool.MEMORY_BYTES_MAX + 2 * SpoolBlock.BYTES_MAX);
        assertThat(spool.fileBytes()).isGreaterThan(8_000_000);
    }

    @Test
    void aDamagedBlockIsRefused() {
        append(spool, file, record(1, 100));
        append(spool, file, record(2, 100));
        ByteBuffer block = spool.takeMemory().get(0);
        for (int bit = 0; bit < Byte.SIZE * block.limit(); bit++) {
            ByteBuffer damaged = ByteBuffer.wrap(bytesOf(block, block.limit()));
            int at = bit / Byte.SIZE;
            damaged.put(at, (byte) (damaged.get(at) ^ (1 << (bit % Byte.SIZE))));
            assertThatThrownBy(() -> SpoolBlock.read(damaged, record -> {})).isInstanceOf(DamagedException.class);
        }
        for (int length = 0; length < block.limit(); length++) {
            ByteBuffer cut = ByteBuffer.wrap(bytesOf(block, length));
            assertThatThrownBy(() -> SpoolBlock.read(cut, record -> {})).isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void noLengthIsTooLongToBeRefused() {
        ByteBuffer block = ByteBuffer.allocate(SpoolBlock.HEADER_BYTES);
        SpoolBlock.seal(block);
        block.putInt(Integer.BYTES, Integer.MAX_VALUE);
        assertThatThrownBy(() -> SpoolBlock.read(block, record -> {})).isInstanceOf(DamagedException.class);
    }

    @Property
    void anyBytesAreABlockOrRefused(@ForAll byte[] body, @ForAll boolean sealed) {
        ByteBuffer block =
                ByteBuffer.allocate(SpoolBlock.HEADER_BYTES + body.length).put(SpoolBlock.HEADER_BYTES, body);
        if (sealed) {
            SpoolBlock.seal(block);
        }
        List<Integer> found = new ArrayList<>();
        try {
            SpoolBlock.read(block, record -> found.add(record.remaining()));
            assertThat(found.stream().mapToInt(bytes -> bytes + Integer.BYTES).sum())
                    .isEqualTo(body.length);
        } catch (DamagedException e) {
            assertThat(e).hasMessageContaining("block");
        }
    }

    private static void append(Spool spool, ByteArrayOutputStream file, byte[] record) {
        Spool.Write write = spool.append(record);
        if (write != null) {
            assertThat(write.offset()).isEqualTo(file.size());
            file.writeBytes(bytesOf(write.block(), write.block().limit()));
        }
    }

    private static void readFile(byte[] bytes, List<Long> found) throws DamagedException {
        for (int at = 0; at < bytes.length; ) {
            ByteBuffer rest = ByteBuffer.wrap(bytes, at, bytes.length - at).slice();
            SpoolBlock.read(rest, record -> found.add(fingerprint(record)));
            at += SpoolBlock.length(rest);
        }
    }

    private static byte[] bytesOf(ByteBuffer block, int length) {
        byte[] bytes = new byte[length];
        block.get(0, bytes);
        return bytes;
    }

    private static byte[] record(int number, int length) {
        byte[] record = new byte[Integer.BYTES + length];
        Arrays.fill(record, (byte) number);
        ByteBuffer.wrap(record).putInt(0, number);
        return record;
    }

    private static long fingerprint(ByteBuffer record) {
        return ((long) record.getInt(record.position()) << 32) + record.remaining();
    }
}

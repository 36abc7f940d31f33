package org.pcircle.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sums forget the order and the parts, and nothing else. */
class SumTest {

    private static final int LEAVES_MAX = 5;

    @Property(tries = 100)
    void aFileHasOneDigestHoweverItsLeavesAreDealtOut(
            @ForAll Algorithm algorithm,
            @ForAll @IntRange(max = LEAVES_MAX) int wholeLeaves,
            @ForAll @IntRange(max = 5000) int rest,
            @ForAll @IntRange(min = 1, max = 4) int hands,
            @ForAll Random random) {
        Hasher hasher = algorithm.newHasher();
        ByteBuffer content = content(wholeLeaves * Leaf.BYTES + rest, random);

        List<Integer> starts = new ArrayList<>();
        for (int at = 0; at < content.capacity(); at += Leaf.BYTES) {
            starts.add(at);
        }
        Collections.shuffle(starts, random);
        List<FileSum> sums = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            sums.add(new FileSum(algorithm));
        }
        for (int at : starts) {
            int bytes = Math.min(Leaf.BYTES, content.capacity() - at);
            sums.get(random.nextInt(hands)).addLeaf(Leaf.index(at), content, at, bytes, hasher);
        }
        FileSum all = new FileSum(algorithm);
        sums.forEach(sum -> all.add(sentAndReceived(sum)));

        assertThat(all.digest(content.capacity(), hasher)).isEqualTo(digest(content, hasher));
    }

    @Property(tries = 100)
    void aTreeHasOneSignatureHoweverItsEntriesAreDealtOut(
            @ForAll Algorithm algorithm,
            @ForAll @Size(max = 30) @UniqueElements List<@NotEmpty String> paths,
            @ForAll @IntRange(min = 1, max = 4) int hands,
            @ForAll Random random) {
        Hasher hasher = algorithm.newHasher();
        List<DatasetSum> sums = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            sums.add(new DatasetSum(algorithm));
        }
        List<String> shuffled = new ArrayList<>(paths);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(path -> add(sums.get(random.nextInt(hands)), path, hasher));
        DatasetSum all = new DatasetSum(algorithm);
        sums.forEach(sum -> all.add(sentAndReceived(sum)));

        assertThat(all.signature(false, hasher)).hasToString(signature(paths, hasher));
        assertThat(all.entries()).isEqualTo(paths.size());
        assertThat(all.entries(EntryType.REGULAR)).isEqualTo(paths.size());
        assertThat(all.entries(EntryType.SYMLINK)).isZero();
        assertThat(all.dataBytes()).isEqualTo(3L * paths.size());
    }

    @Property(tries = 100)
    void aFlippedBitChangesTheDigest(
            @ForAll Algorithm algorithm,
            @ForAll @IntRange(min = 1, max = 3 * Leaf.BYTES) int bytes,
            @ForAll Random random) {
        Hasher hasher = algorithm.newHasher();
        ByteBuffer content = content(bytes, random);
        byte[] before = digest(content, hasher);

        int at = random.nextInt(bytes);
        content.put(at, (byte) (content.get(at) ^ 1 << random.nextInt(8)));

        assertThat(digest(content, hasher)).isNotEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void twoLeavesThatChangePlacesChangeTheDigest(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        ByteBuffer content = content(2 * Leaf.BYTES, new Random(1));
        ByteBuffer swapped = ByteBuffer.allocate(2 * Leaf.BYTES)
                .put(content.slice(Leaf.BYTES, Leaf.BYTES))
                .put(content.slice(0, Leaf.BYTES));

        assertThat(digest(swapped, hasher)).isNotEqualTo(digest(content, hasher));
    }

    @ParameterizedTest
    @EnumSource
    void zerosAtTheEndChangeTheDigest(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        List<byte[]> digests = new ArrayList<>();
        for (int bytes : new int[] {0, 1, 2, Leaf.BYTES - 1, Leaf.BYTES, Leaf.BYTES + 1, 2 * Leaf.BYTES}) {
            digests.add(digest(ByteBuffer.allocate(bytes), hasher));
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aHoleCountsAsTheZerosThatItReadsAs(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        int bytes = 3 * Leaf.BYTES;
        FileSum hole = new FileSum(algorithm);
        hole.addZeros(0, 2, hasher);
        hole.addZeros(2, 3, hasher);

        assertThat(hole.digest(bytes, hasher)).isEqualTo(digest(ByteBuffer.allocate(bytes), hasher));
    }

    @ParameterizedTest
    @EnumSource
    void whateverBecomesOfAnEntryChangesTheSignature(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        byte[] one = digest(ByteBuffer.wrap("one".getBytes(UTF_8)), hasher);
        byte[] two = digest(ByteBuffer.wrap("two".getBytes(UTF_8)), hasher);
        byte[] a = {'a'};
        byte[] b = {'b'};
        byte[] c = {'c'};
        List<String> signatures = new ArrayList<>();

        DatasetSum sum = new DatasetSum(algorithm);
        signatures.add(sum.signature(false, hasher).toString());
        sum.add(new SignedEntry(EntryType.REGULAR, a, one, 3, null), hasher);
        signatures.add(sum.signature(false, hasher).toString());
        sum.add(new SignedEntry(EntryType.REGULAR, b, two, 3, null), hasher);
        signatures.add(sum.signature(false, hasher).toString());
        sum.add(new SignedEntry(EntryType.REGULAR, b, two, 3, null), hasher);
        signatures.add(sum.signature(false, hasher).toString());
        sum.add(SignedEntry.empty(EntryType.REGULAR, c, null, hasher), hasher);
        signatures.add(sum.signature(false, hasher).toString());

        DatasetSum exchanged = new DatasetSum(algorithm);
        exchanged.add(new SignedEntry(EntryType.REGULAR, a, two, 3, null), hasher);
        exchanged.add(new SignedEntry(EntryType.REGULAR, b, one, 3, null), hasher);
        signatures.add(exchanged.signature(false, hasher).toString());
        DatasetSum renamed = new DatasetSum(algorithm);
        renamed.add(new SignedEntry(EntryType.REGULAR, a, one, 3, null), hasher);
        renamed.add(new SignedEntry(EntryType.REGULAR, c, two, 3, null), hasher);
        signatures.add(renamed.signature(false, hasher).toString());
        DatasetSum linked = new DatasetSum(algorithm);
        linked.add(new SignedEntry(EntryType.SYMLINK, a, one, 3, null), hasher);
        linked.add(new SignedEntry(EntryType.REGULAR, b, two, 3, null), hasher);
        signatures.add(linked.signature(false, hasher).toString());
        for (int minor = 0; minor < 2; minor++) {
            DatasetSum device = new DatasetSum(algorithm);
            device.add(SignedEntry.device(EntryType.BLOCK_DEVICE, a, 1, minor, null, hasher), hasher);
            signatures.add(device.signature(false, hasher).toString());
        }
        assertThat(signatures).doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void lanesAreAddedEachByItself(@ForAll @Size(max = 20) List<byte[]> records) {
        for (Algorithm algorithm : Algorithm.values()) {
            Hasher hasher = algorithm.newHasher();
            int laneBytes = algorithm.laneBits() / Byte.SIZE;
            LaneSum sum = new LaneSum(algorithm);
            BigInteger[] expected = new BigInteger[algorithm.sumBytes() / laneBytes];
            Arrays.fill(expected, BigInteger.ZERO);
            for (byte[] record : records) {
                sum.add(record, hasher);
                byte[] summand = hasher.summand(hasher.record(record));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = expected[i].add(new BigInteger(1, summand, i * laneBytes, laneBytes));
                }
            }
            ByteBuffer encoded = ByteBuffer.allocate(algorithm.sumBytes());
            sum.write(encoded);
            BigInteger modulus = BigInteger.ONE.shiftLeft(algorithm.laneBits());
            for (int i = 0; i < expected.length; i++) {
                assertThat(new BigInteger(1, encoded.array(), i * laneBytes, laneBytes))
                        .isEqualTo(expected[i].mod(modulus));
            }
        }
    }

    @Test
    void sumsOfTwoAlgorithmsDoNotMix() {
        FileSum sum = new FileSum(Algorithm.XXH64);
        assertThatThrownBy(() -> sum.add(new FileSum(Algorithm.SHA256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sum.addZeros(0, 1, Algorithm.SHA256.newHasher()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static FileSum sentAndReceived(FileSum sum) {
        ByteBuffer message = ByteBuffer.allocate(sum.encodedBytes());
        sum.write(message);
        return FileSum.read(sum.algorithm(), message.flip());
    }

    private static DatasetSum sentAndReceived(DatasetSum sum) {
        ByteBuffer message = ByteBuffer.allocate(sum.encodedBytes());
        sum.write(message);
        return DatasetSum.read(sum.algorithm(), message.flip());
    }

    private static String signature(List<String> paths, Hasher hasher) {
        DatasetSum sum = new DatasetSum(hasher.algorithm());
        paths.forEach(path -> add(sum, path, hasher));
        return sum.signature(false, hasher).toString();
    }

    private static void add(DatasetSum sum, String path, Hasher hasher) {
        byte[] bytes = path.getBytes(UTF_8);
        sum.add(new SignedEntry(EntryType.REGULAR, bytes, digest(ByteBuffer.wrap(bytes), hasher), 3, null), hasher);
    }

    private static byte[] digest(ByteBuffer content, Hasher hasher) {
        return FileSum.digest(content, 0, content.capacity(), hasher);
    }

    /** In a direct buffer, as files are read. */
    private static ByteBuffer content(int bytes, Random random) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return ByteBuffer.allocateDirect(bytes).put(content);
    }
}

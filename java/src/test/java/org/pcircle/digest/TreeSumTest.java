package org.pcircle.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The signature of a tree of files: one, however it is shared out; another, whatever bit of it flips. */
class TreeSumTest {

    private static final int SHUFFLES = 50;
    private static final int[] RANKS = {1, 2, 3, 5};
    private static final int[] THREADS = {1, 2, 4};
    private static final int[] CHUNK_LEAVES = {1, 2, 3, 1000};

    /** Of lengths around whole leaves, and nothing. */
    private static final int[] FILE_BYTES = {
        0, 1, 4096, Leaf.BYTES - 1, Leaf.BYTES, Leaf.BYTES + 1, 2 * Leaf.BYTES, 5 * Leaf.BYTES + 17
    };

    private final Random random = new Random(20_261_128);

    /** A file, with the digests of its leaves. */
    private record SampleFile(byte[] path, ByteBuffer content, List<byte[]> leaves) {

        byte[] leafDigest(int leaf, Hasher hasher) {
            int from = leaf * Leaf.BYTES;
            return hasher.leaf(content, from, Math.min(Leaf.BYTES, content.capacity() - from));
        }

        SignedEntry entry(FileSum sum, Hasher hasher) {
            int bytes = content.capacity();
            return new SignedEntry(EntryType.REGULAR, path, sum.digest(bytes, hasher), bytes, null);
        }

        SignedEntry entry(Hasher hasher) {
            FileSum sum = new FileSum(hasher.algorithm());
            for (int leaf = 0; leaf < leaves.size(); leaf++) {
                sum.addLeaf(leaf, leaves.get(leaf), hasher);
            }
            return entry(sum, hasher);
        }
    }

    /** Some leaves of a file, as a worker takes them. */
    private record Chunk(int file, int from, int to) {}

    /** What a worker has seen so far. */
    private static final class Worker {
        final List<FileSum> files = new ArrayList<>();
        final DatasetSum entries;

        Worker(Algorithm algorithm, int files) {
            this.entries = new DatasetSum(algorithm);
            for (int i = 0; i < files; i++) {
                this.files.add(new FileSum(algorithm));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void itIsTheSameForAnyNumberOfWorkersAnyChunksAndAnyOrder(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        List<SampleFile> tree = tree(hasher);
        String expected = signature(tree, hasher);

        for (int ranks : RANKS) {
            for (int threads : THREADS) {
                for (int chunkLeaves : CHUNK_LEAVES) {
                    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
                        assertThat(sharedOut(tree, ranks * threads, chunkLeaves, hasher))
                                .as("%d ranks, %d threads, chunks of %d MiB", ranks, threads, chunkLeaves)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** No two of them are alike either, so none of them is what another made of it. */
    @ParameterizedTest
    @CsvSource({"XXH64, 10000", "SHA256, 1000"})
    void everyFlippedBitMakesAnother(Algorithm algorithm, int flips) {
        Hasher hasher = algorithm.newHasher();
        List<SampleFile> tree = tree(hasher);
        int treeBytes = tree.stream().mapToInt(file -> file.content.capacity()).sum();
        Set<String> signatures = new HashSet<>(Set.of(signature(tree, hasher)));
        Set<Long> flipped = new HashSet<>();

        while (flipped.size() < flips) {
            long bit = (long) (random.nextDouble() * treeBytes * 8);
            if (flipped.add(bit)) {
                assertThat(signatures.add(withFlipped(bit, tree, hasher)))
                        .as("bit %d of the files one after the other", bit)
                        .isTrue();
            }
        }
    }

    private static String withFlipped(long bit, List<SampleFile> tree, Hasher hasher) {
        long at = bit / 8;
        int number = 0;
        while (at >= tree.get(number).content.capacity()) {
            at -= tree.get(number++).content.capacity();
        }
        SampleFile file = tree.get(number);
        int leaf = (int) Leaf.index(at);
        flip(file.content, (int) at, (int) (bit % 8));
        byte[] before = file.leaves.set(leaf, file.leafDigest(leaf, hasher));
        String signature = signature(tree, hasher);
        file.leaves.set(leaf, before);
        flip(file.content, (int) at, (int) (bit % 8));
        return signature;
    }

    private static void flip(ByteBuffer content, int at, int bit) {
        content.put(at, (byte) (content.get(at) ^ 1 << bit));
    }

    /**
     * Each chunk goes to any worker, in any order; so does each entry, once the sums of its file have come together in
     * any order.
     */
    private String sharedOut(List<SampleFile> tree, int workers, int chunkLeaves, Hasher hasher) {
        List<Worker> all = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            all.add(new Worker(hasher.algorithm(), tree.size()));
        }
        List<Chunk> chunks = new ArrayList<>();
        for (int file = 0; file < tree.size(); file++) {
            int leaves = tree.get(file).leaves.size();
            for (int from = 0; from < leaves; from += chunkLeaves) {
                chunks.add(new Chunk(file, from, Math.min(leaves, from + chunkLeaves)));
            }
        }
        Collections.shuffle(chunks, random);
        for (Chunk chunk : chunks) {
            FileSum sum = all.get(random.nextInt(workers)).files.get(chunk.file);
            for (int leaf = chunk.from; leaf < chunk.to; leaf++) {
                sum.addLeaf(leaf, tree.get(chunk.file).leaves.get(leaf), hasher);
            }
        }
        List<Integer> files = new ArrayList<>();
        for (int file = 0; file < tree.size(); file++) {
            files.add(file);
        }
        Collections.shuffle(files, random);
        for (int file : files) {
            Collections.shuffle(all, random);
            FileSum sum = new FileSum(hasher.algorithm());
            all.forEach(worker -> sum.add(worker.files.get(file)));
            all.get(0).entries.add(tree.get(file).entry(sum, hasher), hasher);
        }
        Collections.shuffle(all, random);
        DatasetSum entries = new DatasetSum(hasher.algorithm());
        all.forEach(worker -> entries.add(worker.entries));
        return entries.signature(false, hasher).toString();
    }

    private static String signature(List<SampleFile> tree, Hasher hasher) {
        DatasetSum entries = new DatasetSum(hasher.algorithm());
        tree.forEach(file -> entries.add(file.entry(hasher), hasher));
        return entries.signature(false, hasher).toString();
    }

    private List<SampleFile> tree(Hasher hasher) {
        List<SampleFile> tree = new ArrayList<>();
        for (int bytes : FILE_BYTES) {
            byte[] data = new byte[bytes];
            random.nextBytes(data);
            byte[] path = ("directory/file-" + bytes).getBytes(UTF_8);
            ByteBuffer content = ByteBuffer.allocateDirect(bytes).put(0, data);
            SampleFile file = new SampleFile(path, content, new ArrayList<>());
            for (int leaf = 0; leaf < Leaf.count(bytes); leaf++) {
                file.leaves.add(file.leafDigest(leaf, hasher));
            }
            tree.add(file);
        }
        return tree;
    }
}

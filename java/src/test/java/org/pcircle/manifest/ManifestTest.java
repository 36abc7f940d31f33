package org.pcircle.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.pcircle.Golden;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafRuns;
import org.pcircle.digest.Metadata;
import org.pcircle.digest.SignedEntry;
import org.pcircle.fs.EscapedPath;

/** Manifests of random trees, whose files have leaves that are known by their digests alone. */
class ManifestTest {

    private static final Algorithm ALGORITHM = Algorithm.XXH64;
    private static final Instant DATE = Instant.parse("2001-02-03T04:05:06Z");
    private final Hasher hasher = ALGORITHM.newHasher();

    /** What a path stands for: the digests of the leaves of a file, or null for a directory. */
    private final TreeMap<String, byte @Nullable [][]> tree = new TreeMap<>();

    @Property(tries = 300)
    void whatIsWrittenIsReadBackAndFoundWhole(@ForAll long seed) throws IOException {
        grow(new Random(seed));
        byte[] file = manifest(new Random(seed));

        try (ManifestReader reader = reader(file)) {
            reader.check();
        }

        List<String> paths = new ArrayList<>();
        try (ManifestReader reader = reader(file)) {
            for (SignedEntry entry = reader.next(); entry != null; entry = reader.next()) {
                paths.add(new String(entry.path(), ISO_8859_1));
                byte[][] leaves = tree.get(paths.get(paths.size() - 1));
                assertThat(entry.type()).isEqualTo(leaves == null ? EntryType.DIRECTORY : EntryType.REGULAR);
                assertThat(entry.metadata()).isEqualTo(metadata(entry.path()));
                assertThat(leaves(reader)).isDeepEqualTo(leaves == null ? new byte[0][] : leaves);
            }
        }
        assertThat(paths).containsExactlyInAnyOrderElementsOf(tree.keySet());
    }

    /** Whatever is damaged behind the head, so that it says something else, is found. */
    @Property(tries = 2_000)
    void aDamagedManifestIsRefused(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        grow(random);
        byte[] file = manifest(random);
        int head = new String(file, ISO_8859_1).indexOf("\n\n") + 2;
        byte[] damaged;
        if (random.nextInt(4) == 0) {
            damaged = Arrays.copyOf(file, head + random.nextInt(file.length - head));
        } else {
            damaged = file.clone();
            damaged[head + random.nextInt(file.length - head)] ^= (byte) (1 << random.nextInt(8));
        }

        assertThatThrownBy(() -> {
                    try (ManifestReader reader = reader(damaged)) {
                        reader.check();
                    }
                })
                .isInstanceOf(MalformedManifestException.class);
    }

    @Property(tries = 500)
    void differencesAreThoseThatWereMade(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        grow(random);
        byte[] file = manifest(random);
        TreeSet<String> expected = new TreeSet<>();
        for (String path : List.copyOf(tree.keySet())) {
            byte[][] leaves = tree.get(path);
            boolean isFile = leaves != null;
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (isFile) {
                        tree.remove(path);
                        expected.add("missing " + shown(path));
                    }
                }
                case 1 -> {
                    if (leaves != null && leaves.length > 0) {
                        int changed = random.nextInt(leaves.length);
                        byte[][] now = leaves.clone();
                        now[changed] = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
                        tree.put(path, now);
                        expected.add("changed " + shown(path) + ": content");
                        long from = (long) changed * Leaf.BYTES;
                        expected.add("changed " + shown(path) + ": bytes " + from + "-" + (from + Leaf.BYTES - 1));
                    }
                }
                case 2 -> {
                    String added = path + "+";
                    if (isFile && !tree.containsKey(added)) {
                        tree.put(added, new byte[0][]);
                        expected.add("extra " + shown(added));
                    }
                }
                default -> {}
            }
        }

        assertThat(compare(file, random, List.of())).isEqualTo(expected);
    }

    @Test
    void whatCouldNotBeReadIsNotJudged() throws IOException {
        for (String path : List.of("", "a", "a/x", "a/y", "a-b", "b", "c")) {
            tree.put(path, path.length() < 3 && !path.equals("c") ? null : new byte[0][]);
        }
        byte[] file = manifest(new Random(1));
        tree.keySet().removeAll(List.of("a/x", "a/y", "a-b", "c"));

        assertThat(compare(file, new Random(1), List.of("a", "c"))).containsExactly("missing a-b");
    }

    @Test
    void manifestsAndTheirRecordsHaveTheBytesTheyAlwaysHad() throws IOException {
        grow(new Random(7));
        Golden.assertUnchanged("manifest", List.of(ByteBuffer.wrap(manifest(new Random(7)))));
        LeafRuns leaves = new LeafRuns(1L << 33);
        leaves.add(1L << 40, new byte[] {1, 2});
        leaves.add(1, new byte[] {3, 4});
        List<ManifestRecord> records = List.of(
                new ManifestRecord.Unread(new byte[] {'a', -1}),
                new ManifestRecord.Entry(entry("b", new byte[0][])),
                new ManifestRecord.Entry(new SignedEntry(EntryType.DIRECTORY, new byte[0], new byte[] {5}, 0, null)),
                new ManifestRecord.Leaves(new byte[] {'c'}, leaves));
        Golden.assertUnchanged(
                "manifest-records",
                records.stream()
                        .map(record -> ByteBuffer.wrap(record.encoded()))
                        .toList());
    }

    @Test
    void aManifestOfAnotherVersionIsRefused() {
        tree.put("", null);
        String file = new String(manifest(new Random(1)), ISO_8859_1);
        for (String other : List.of(
                "",
                "\n",
                "no manifest\n",
                file.replace("pcircle1", "pcircle2"),
                file.replace("definition: 1", "definition: 2"),
                file.replace("entries: 1", "entries: 2"),
                file.replace("directories: 1", "directories: x"),
                file.replace("date: ", "date: never"))) {
            assertThatThrownBy(() -> {
                        try (ManifestReader reader = reader(other.getBytes(ISO_8859_1))) {
                            reader.check();
                        }
                    })
                    .as(other)
                    .isInstanceOf(MalformedManifestException.class);
        }
    }

    private TreeSet<String> compare(byte[] file, Random random, List<String> unread) throws IOException {
        TreeSet<String> lines = new TreeSet<>();
        try (ManifestReader reader = reader(file)) {
            ManifestComparison comparison = new ManifestComparison(reader, line -> {
                String text = new String(line, ISO_8859_1);
                assertThat(lines.add(text.substring(0, text.length() - 1))).isTrue();
            });
            List<ManifestRecord> records = records(random);
            for (String path : unread) {
                records.add(new ManifestRecord.Unread(path.getBytes(ISO_8859_1)));
            }
            for (ManifestRecord record : sorted(records, random)) {
                comparison.take(record);
            }
            comparison.end();
            assertThat(comparison.differences())
                    .isEqualTo(lines.stream()
                            .filter(line -> !line.contains(": bytes "))
                            .count());
        }
        return lines;
    }

    private static String shown(String path) {
        return new String(EscapedPath.of(path.getBytes(ISO_8859_1)), ISO_8859_1);
    }

    private static ManifestReader reader(byte[] file) throws IOException {
        return new ManifestReader(new ByteArrayInputStream(file));
    }

    private static byte[][] leaves(ManifestReader reader) throws IOException {
        List<byte[]> leaves = new ArrayList<>();
        for (LeafRuns.LeafRun run = reader.nextLeaves(); run != null; run = reader.nextLeaves()) {
            leaves.addAll(Collections.nCopies((int) run.count(), run.digest()));
        }
        return leaves.toArray(byte[][]::new);
    }

    /** Names with everything that could be mistaken for something else. */
    private void grow(Random random) {
        String[] names = {"a", "a-b", "a b", "\\012", "x\ny", ".", "\u00ff\u0000x".replace("\u0000", ""), "~", "b\\"};
        tree.clear();
        tree.put("", null);
        List<String> directories = new ArrayList<>(List.of(""));
        for (int i = random.nextInt(30); i > 0; i--) {
            String in = directories.get(random.nextInt(directories.size()));
            String path = (in.isEmpty() ? "" : in + "/") + names[random.nextInt(names.length)];
            if (path.equals(".") || tree.containsKey(path)) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                tree.put(path, null);
                directories.add(path);
            } else {
                byte[][] leaves = new byte[random.nextInt(6)][];
                for (int leaf = 0; leaf < leaves.length; leaf++) {
                    leaves[leaf] = new byte[ALGORITHM.leafDigestBytes()];
                    leaves[leaf][0] = (byte) random.nextInt(2); // so that many are equal
                }
                tree.put(path, leaves);
            }
        }
    }

    private @Nullable Metadata metadata(byte[] path) {
        return new Metadata(path.length * 7 & 07777, path.length, -1, path.length - 3L, path.length);
    }

    private SignedEntry entry(String path, byte @Nullable [][] leaves) {
        byte[] bytes = path.getBytes(ISO_8859_1);
        if (leaves == null) {
            return SignedEntry.empty(EntryType.DIRECTORY, bytes, metadata(bytes), hasher);
        }
        FileSum sum = new FileSum(ALGORITHM);
        for (int i = 0; i < leaves.length; i++) {
            sum.addLeaf(i, leaves[i], hasher);
        }
        long length = (long) leaves.length * Leaf.BYTES;
        return new SignedEntry(EntryType.REGULAR, bytes, sum.digest(length, hasher), length, metadata(bytes));
    }

    /** The records of the tree as ranks would make them: the leaves in several pieces. */
    private List<ManifestRecord> records(Random random) {
        List<ManifestRecord> records = new ArrayList<>();
        for (Map.Entry<String, byte @Nullable [][]> each : tree.entrySet()) {
            SignedEntry entry = entry(each.getKey(), each.getValue());
            records.add(new ManifestRecord.Entry(entry));
            byte[][] leaves = each.getValue();
            for (int at = 0; leaves != null && at < leaves.length; ) {
                LeafRuns runs = new LeafRuns(at);
                for (int count = 1 + random.nextInt(3); count > 0 && at < leaves.length; count--) {
                    runs.add(1, leaves[at++]);
                }
                records.add(new ManifestRecord.Leaves(entry.path(), runs));
            }
        }
        return records;
    }

    private static List<ManifestRecord> sorted(List<ManifestRecord> records, Random random) {
        List<ByteBuffer> encoded = new ArrayList<>();
        for (ManifestRecord record : records) {
            encoded.add(ByteBuffer.wrap(record.encoded()));
        }
        Collections.shuffle(encoded, random);
        encoded.sort(ManifestRecord::compare);
        List<ManifestRecord> read = new ArrayList<>();
        encoded.forEach(record -> read.add(ManifestRecord.read(record)));
        return read;
    }

    private byte[] manifest(Random random) {
        DatasetSum sum = new DatasetSum(ALGORITHM);
        tree.forEach((path, leaves) -> sum.add(entry(path, leaves), hasher));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ManifestWriter writer =
                    new ManifestWriter(file, SignatureFile.of(sum.signature(true, hasher), sum, DATE, true, List.of()));
            for (ManifestRecord record : sorted(records(random), random)) {
                writer.take(record);
            }
            writer.end();
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return file.toByteArray();
    }
}

package org.pcircle.digest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the definition says comes out does come out. */
class SignatureVectorsTest {

    private static final Path DEFINITION = Path.of("../docs/signature.md");
    private static final byte[] ABC = {'a', 'b', 'c'};

    @ParameterizedTest
    @EnumSource
    void contentHasTheDigestsOfTheDefinition(Algorithm algorithm) throws IOException {
        Hasher hasher = algorithm.newHasher();
        byte[] zerosAndX = new byte[2_621_441];
        zerosAndX[2_621_440] = 'x';

        assertVector(algorithm, "empty", digest(hasher, new byte[0]));
        assertVector(algorithm, "abc", digest(hasher, ABC));
        assertVector(algorithm, "zeros", digest(hasher, new byte[Leaf.BYTES]));
        assertVector(algorithm, "zeros-x", digest(hasher, zerosAndX));
    }

    @ParameterizedTest
    @EnumSource
    void treesHaveTheSignaturesOfTheDefinition(Algorithm algorithm) throws IOException {
        Hasher hasher = algorithm.newHasher();

        assertVector(
                algorithm, "tree", tree(hasher, "").signature(false, hasher).value());
        DatasetSum two = tree(hasher, "t");
        two.add(new SignedEntry(EntryType.REGULAR, ABC, digest(hasher, ABC), 3, null), hasher);
        assertVector(algorithm, "two-trees", two.signature(false, hasher).value());
    }

    @ParameterizedTest
    @EnumSource
    void metadataHasTheSignatureOfTheDefinition(Algorithm algorithm) throws IOException {
        Hasher hasher = algorithm.newHasher();
        Metadata metadata = new Metadata(04644, 1000, 100, -2, 500_000_000);
        DatasetSum sum = new DatasetSum(algorithm);
        sum.add(new SignedEntry(EntryType.REGULAR, new byte[0], digest(hasher, ABC), 3, metadata), hasher);

        assertVector(algorithm, "metadata", sum.signature(true, hasher).value());
    }

    private static DatasetSum tree(Hasher hasher, String top) {
        String below = top.isEmpty() ? "" : top + "/";
        DatasetSum sum = new DatasetSum(hasher.algorithm());
        sum.add(SignedEntry.empty(EntryType.DIRECTORY, top.getBytes(UTF_8), null, hasher), hasher);
        sum.add(SignedEntry.empty(EntryType.DIRECTORY, (below + "empty").getBytes(UTF_8), null, hasher), hasher);
        sum.add(
                new SignedEntry(EntryType.REGULAR, (below + "file").getBytes(UTF_8), digest(hasher, ABC), 3, null),
                hasher);
        sum.add(
                new SignedEntry(
                        EntryType.SYMLINK,
                        (below + "link").getBytes(UTF_8),
                        digest(hasher, "file".getBytes(UTF_8)),
                        3,
                        null),
                hasher);
        byte[] odd = (below + "?").getBytes(UTF_8);
        odd[odd.length - 1] = (byte) 0xff;
        sum.add(SignedEntry.empty(EntryType.REGULAR, odd, null, hasher), hasher);
        return sum;
    }

    private static byte[] digest(Hasher hasher, byte[] content) {
        return FileSum.digest(ByteBuffer.wrap(content), 0, content.length, hasher);
    }

    private static void assertVector(Algorithm algorithm, String name, byte[] value) throws IOException {
        List<String> lines = Files.readAllLines(DEFINITION);
        String expected =
                "    " + algorithm.label() + " " + name + " " + HexFormat.of().formatHex(value);
        assertThat(lines).contains(expected);
    }
}

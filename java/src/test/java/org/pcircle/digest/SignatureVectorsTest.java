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

        assertVector(algorithm, "tree", tree(hasher, "").signature(hasher).value());
        DatasetSum two = tree(hasher, "t");
        two.add(EntryType.REGULAR, ABC, digest(hasher, ABC), 3, hasher);
        assertVector(algorithm, "two-trees", two.signature(hasher).value());
    }

    private static DatasetSum tree(Hasher hasher, String top) {
        String below = top.isEmpty() ? "" : top + "/";
        DatasetSum sum = new DatasetSum(hasher.algorithm());
        sum.addEmpty(EntryType.DIRECTORY, top.getBytes(UTF_8), hasher);
        sum.addEmpty(EntryType.DIRECTORY, (below + "empty").getBytes(UTF_8), hasher);
        sum.add(EntryType.REGULAR, (below + "file").getBytes(UTF_8), digest(hasher, ABC), 3, hasher);
        sum.add(EntryType.SYMLINK, (below + "link").getBytes(UTF_8), digest(hasher, "file".getBytes(UTF_8)), 3, hasher);
        byte[] odd = (below + "?").getBytes(UTF_8);
        odd[odd.length - 1] = (byte) 0xff;
        sum.addEmpty(EntryType.REGULAR, odd, hasher);
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

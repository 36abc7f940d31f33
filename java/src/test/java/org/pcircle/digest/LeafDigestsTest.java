package org.pcircle.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeafDigestsTest {

    private static final int LEAVES = 5;
    private static final int LAST_BYTES = 777;

    private final byte[] data = new byte[(LEAVES - 1) * Leaf.BYTES + LAST_BYTES];

    @ParameterizedTest
    @EnumSource
    void theyMakeTheSumThatTheLeavesMake(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        FileSum sum = new FileSum(algorithm);
        LeafDigests digests = digests(hasher, sum);

        FileSum ofDigests = new FileSum(algorithm);
        ofDigests.addLeaves(3, digests.range(3, LEAVES), hasher);
        ofDigests.addLeaves(0, digests.range(0, 3), hasher);

        assertThat(ofDigests.digest(data.length, hasher)).isEqualTo(sum.digest(data.length, hasher));
    }

    @ParameterizedTest
    @EnumSource
    void oneBitMakesALeafAnother(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        LeafDigests digests = digests(hasher, new FileSum(algorithm));
        data[Leaf.BYTES + 17] ^= 1;

        assertThat(digests.count()).isEqualTo(LEAVES);
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            int bytes = leaf == LEAVES - 1 ? LAST_BYTES : Leaf.BYTES;
            assertThat(digests.isOf(leaf, ByteBuffer.wrap(data), leaf * Leaf.BYTES, bytes, hasher))
                    .isEqualTo(leaf != 1);
            assertThat(digests.isOfZeros(leaf, hasher)).isEqualTo(leaf == 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theyComeBackAsTheyWere(Algorithm algorithm) {
        Hasher hasher = algorithm.newHasher();
        LeafDigests digests = digests(hasher, new FileSum(algorithm));
        ByteBuffer written = ByteBuffer.allocate(digests.encodedBytes());
        digests.write(written);
        assertThat(written.hasRemaining()).isFalse();

        LeafDigests read = LeafDigests.read(algorithm, LEAVES, written.flip());

        for (int leaf = 0; leaf < LEAVES; leaf++) {
            assertThat(read.get(leaf)).isEqualTo(digests.get(leaf));
        }
    }

    /** Of random data, but for the third leaf, which is a hole. */
    private LeafDigests digests(Hasher hasher, FileSum sum) {
        new Random(1).nextBytes(data);
        LeafDigests digests = new LeafDigests(hasher.algorithm());
        for (int leaf = 0; leaf < LEAVES; leaf++) {
            int from = leaf * Leaf.BYTES;
            int bytes = Math.min(data.length - from, Leaf.BYTES);
            if (leaf == 2) {
                ByteBuffer.wrap(data).position(from).put(new byte[bytes]);
                digests.addZeros(hasher);
                sum.addZeros(leaf, leaf + 1, hasher);
            } else {
                digests.add(ByteBuffer.wrap(data, from, bytes).slice(), bytes, hasher);
                sum.addLeaf(leaf, ByteBuffer.wrap(data), from, bytes, hasher);
            }
        }
        return digests;
    }
}

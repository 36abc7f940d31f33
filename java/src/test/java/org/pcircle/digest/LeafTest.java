package org.pcircle.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeafTest {

    @Test
    void leavesAreCountedUpToTheEndOfNumbers() {
        assertThat(Leaf.count(0)).isZero();
        assertThat(Leaf.count(1)).isEqualTo(1);
        assertThat(Leaf.count(Leaf.BYTES)).isEqualTo(1);
        assertThat(Leaf.count(Leaf.BYTES + 1)).isEqualTo(2);
        assertThat(Leaf.count(Long.MAX_VALUE)).isEqualTo(1L << 43);
    }

    @Test
    void noBoundaryIsBeyondTheEndOfNumbers() {
        assertThat(Leaf.ceiling(0)).isZero();
        assertThat(Leaf.ceiling(1)).isEqualTo(Leaf.BYTES);
        assertThat(Leaf.ceiling(Leaf.BYTES)).isEqualTo(Leaf.BYTES);
        assertThat(Leaf.ceiling(Long.MAX_VALUE - Leaf.BYTES)).isEqualTo(Leaf.floor(Long.MAX_VALUE));
        assertThat(Leaf.ceiling(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }
}

package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CountsTest {

    @Property
    void sumsAreExactAsLongAsThereIsANumberForThem(
            @ForAll @LongRange(min = -(1L << 61), max = 1L << 61) long a,
            @ForAll @LongRange(min = -(1L << 61), max = 1L << 61) long b) {
        assertThat(Counts.sum(a, b)).isEqualTo(a + b);
    }

    @Test
    void beyondThatTheyAreTheLargest() {
        assertThat(Counts.sum(Long.MAX_VALUE, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Counts.sum(1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Counts.sum(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(Counts.sum(Long.MAX_VALUE, -1)).isEqualTo(Long.MAX_VALUE - 1);
    }
}

package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StealPolicyTest {

    @Property(tries = 200)
    void workReachesEveryRankOverLifelines(@ForAll @IntRange(min = 1, max = 3000) int size) {
        BitSet reached = new BitSet();
        spread(0, size, reached);
        assertThat(reached.cardinality()).isEqualTo(size);
    }

    @Test
    void aRankThatNeverHadWorkAsksNobody() {
        StealPolicy policy = new StealPolicy(3, 16, 1);
        assertThat(policy.isQuiet()).isTrue();
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.nextLifeline()).isNegative();
    }

    @Test
    void aRankThatRanOutAsksAFewAndFallsSilent() {
        StealPolicy policy = new StealPolicy(3, 16, 1);
        policy.fed();
        for (int i = 0; i < StealPolicy.RANDOM_ATTEMPTS_MAX; i++) {
            assertThat(policy.nextVictim()).isBetween(0, 15).isNotEqualTo(3);
        }
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.isQuiet()).isTrue();
    }

    @Test
    void aLifelineThatWasPaidIsAskedForAgain() {
        StealPolicy policy = new StealPolicy(3, 16, 1);
        policy.settle(2);
        assertThat(policy.isQuiet()).isFalse();
        assertThat(policy.nextLifeline()).isEqualTo(2);
        assertThat(policy.isQuiet()).isTrue();
    }

    @Test
    void aRankAloneAsksNobody() {
        StealPolicy policy = new StealPolicy(0, 1, 1);
        policy.fed();
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.creditor()).isNegative();
        assertThat(policy.isQuiet()).isTrue();
    }

    private static void spread(int rank, int size, BitSet reached) {
        if (reached.get(rank)) {
            return;
        }
        reached.set(rank);
        StealPolicy policy = new StealPolicy(rank, size, 1);
        for (int creditor = policy.creditor(); creditor >= 0; creditor = policy.creditor()) {
            policy.settle(creditor);
            spread(creditor, size, reached);
        }
    }
}

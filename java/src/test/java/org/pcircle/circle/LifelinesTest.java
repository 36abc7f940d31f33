package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LifelinesTest {

    @Property(tries = 200)
    void workReachesEveryRankOverLifelines(@ForAll @IntRange(min = 1, max = 3000) int size) {
        BitSet reached = new BitSet();
        spread(0, size, reached);
        assertThat(reached.cardinality()).isEqualTo(size);
    }

    @Test
    void aRankThatNeverHadWorkAsksNobody() {
        StealPolicy policy = new Lifelines(3, 16, new int[] {2, 3, 5}, 1);
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.nextLifeline()).isNegative();
    }

    @Test
    void aRankThatRanOutAsksAFewAndFallsSilent() {
        StealPolicy policy = new Lifelines(3, 16, new int[] {2, 3, 5}, 1);
        policy.workReceived();
        assertThat(policy.nextVictim()).as("one of its own host").isIn(2, 5);
        for (int i = 1; i < Lifelines.RANDOM_ATTEMPTS_MAX; i++) {
            assertThat(policy.nextVictim()).isBetween(0, 15).isNotEqualTo(3);
        }
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.nextLifeline()).isNegative();
    }

    @Test
    void aLifelineThatWasServedIsActivatedAgain() {
        StealPolicy policy = new Lifelines(3, 16, new int[] {2, 3, 5}, 1);
        policy.clearLifeline(2);
        assertThat(policy.nextLifeline()).isEqualTo(2);
        assertThat(policy.nextLifeline()).isNegative();
    }

    @Test
    void aRankAloneAsksNobody() {
        StealPolicy policy = new Lifelines(0, 1, new int[] {0}, 1);
        policy.workReceived();
        assertThat(policy.nextVictim()).isNegative();
        assertThat(policy.nextLifelineThief()).isNegative();
        assertThat(policy.nextLifeline()).isNegative();
    }

    private static void spread(int rank, int size, BitSet reached) {
        if (reached.get(rank)) {
            return;
        }
        reached.set(rank);
        StealPolicy policy = new Lifelines(rank, size, new int[] {rank}, 1);
        for (int thief = policy.nextLifelineThief(); thief >= 0; thief = policy.nextLifelineThief()) {
            policy.clearLifeline(thief);
            spread(thief, size, reached);
        }
    }
}

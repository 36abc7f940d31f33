package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class SafraRingTest {

    private static final int LAST = 2;

    /** Three machines and the token between them, all in the hand of the test. */
    private final BitSet busy = new BitSet();

    private int tokenSentTo = -1;
    private boolean ended;

    private final SafraRing ring = new SafraRing(LAST + 1, new SafraRing.Machines() {
        @Override
        public boolean isPassive(int machine) {
            return !busy.get(machine);
        }

        @Override
        public void sendToken(int to) {
            tokenSentTo = to;
        }

        @Override
        public void ended() {
            assertThat(ended).as("said before").isFalse();
            ended = true;
        }
    });

    @Test
    void oneLapIsEnoughWhereNothingHappens() {
        ring.look(0);
        goRound();
        assertThat(ended).isTrue();
    }

    @Test
    void theTokenWaitsAtABusyMachine() {
        busy.set(1);
        ring.look(0);
        ring.tokenArrives(LAST);
        assertThat(tokenSentTo).isEqualTo(1);
        ring.tokenArrives(1);
        assertThat(tokenSentTo).isEqualTo(1);
        busy.clear(1);
        ring.look(1);
        assertThat(tokenSentTo).isZero();
    }

    @Test
    void aMessageUnderWayIsWorkThoughAllMachinesArePassive() {
        ring.countSent(1);
        ring.look(0);
        for (int lap = 0; lap < 3; lap++) {
            goRound();
            assertThat(ended).isFalse();
        }
        ring.countReceived(LAST);
        goRound();
        goRound();
        assertThat(ended).isTrue();
    }

    @Test
    void workThatPassesTheTokenBehindItsBackIsNotMissed() {
        busy.set(1);
        ring.look(0);
        ring.tokenArrives(LAST);
        ring.countSent(1);
        busy.set(LAST);
        ring.countReceived(LAST);
        busy.clear(1);
        ring.countSent(LAST);
        ring.countReceived(1);
        ring.tokenArrives(1);
        ring.tokenArrives(0);
        assertThat(ended).as("the sum is 0, but the last machine is at work").isFalse();
        busy.clear(LAST);
        goRound();
        assertThat(ended)
                .as("the last machine was black when the token left it")
                .isFalse();
        goRound();
        assertThat(ended).isTrue();
    }

    private void goRound() {
        for (int machine = LAST; machine >= 0; machine--) {
            assertThat(tokenSentTo).isEqualTo(machine);
            ring.tokenArrives(machine);
        }
    }
}

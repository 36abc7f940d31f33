package org.pcircle.circle;

import java.util.BitSet;

/**
 * A second opinion on the end of a round: Safra's algorithm as Dijkstra tells it ("Shmuel Safra's version of
 * termination detection", EWD 998, 1987). It shares nothing with {@link Termination} but what it watches: the messages
 * that create work, and whether a machine is passive.
 *
 * <p>Each machine knows how many messages more it has sent than received, and is black if it has received one since the token
 * left it. The token goes round from machine 0 to the last and down again to 0, waits at each machine until that is
 * passive, adds up the counts, and turns black at a black machine, which it leaves white. Back at a white machine 0,
 * itself white and with the sum 0, it proves that there was no work any more; else it goes round again.
 */
final class SafraRing {

    /** The machines of the ring, and what carries the token between them. */
    interface Machines {

        /** Whether a machine has nothing to do. */
        boolean isPassive(int machine);

        /** Sends the token to a machine, where it {@linkplain SafraRing#tokenArrives arrives} in the end. */
        void sendToken(int to);

        /** Machine 0 knows that there is no work any more. Said once. */
        void ended();
    }

    private static final int NOWHERE = -1;

    private final Machines machines;
    private final long[] excess;
    private final BitSet black = new BitSet();

    private int tokenAt;
    private boolean tokenBlack = true;
    private long tokenSum;

    /** With the token at machine 0. */
    SafraRing(int size, Machines machines) {
        this.machines = machines;
        this.excess = new long[size];
    }

    /** A machine sends a message that creates work. */
    void countSent(int machine) {
        excess[machine]++;
    }

    /** A machine receives one. */
    void countReceived(int machine) {
        excess[machine]--;
        black.set(machine);
    }

    /** The token arrives. */
    void tokenArrives(int machine) {
        tokenAt = machine;
        look(machine);
    }

    /** To be called when a machine may have become passive: it hands on the token if it has it. */
    void look(int machine) {
        if (tokenAt != machine || !machines.isPassive(machine)) {
            return;
        }
        tokenSum += excess[machine];
        tokenBlack |= black.get(machine);
        black.clear(machine);
        if (machine > 0) {
            send(machine - 1);
        } else if (!tokenBlack && tokenSum == 0) {
            tokenAt = NOWHERE;
            machines.ended();
        } else {
            tokenSum = 0;
            tokenBlack = false;
            send(excess.length - 1);
        }
    }

    private void send(int machine) {
        tokenAt = NOWHERE;
        machines.sendToken(machine);
    }
}

package org.pcircle.circle;

import java.util.SplittableRandom;

/** Plain random stealing, to compare with: ask a random rank, and when it refuses at once another, until the end. */
final class PlainStealing implements StealPolicy {

    private final int rank;
    private final int size;
    private final SplittableRandom random;

    PlainStealing(int rank, int size, long seed) {
        this.rank = rank;
        this.size = size;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + rank);
    }

    @Override
    public int nextVictim() {
        if (size == 1) {
            return -1;
        }
        int victim = random.nextInt(size - 1);
        return victim < rank ? victim : victim + 1;
    }

    @Override
    public int nextLifeline() {
        return -1;
    }

    @Override
    public void workReceived() {
        // It is always hungry enough.
    }

    @Override
    public void clearLifeline(int other) {
        // There is no lifeline to clear.
    }

    @Override
    public void addLifelineThief(int neighbour) {
        throw new IllegalStateException("there are no lifelines");
    }

    @Override
    public int nextLifelineThief() {
        return -1;
    }
}

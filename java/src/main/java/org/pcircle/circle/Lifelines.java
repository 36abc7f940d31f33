package org.pcircle.circle;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Whom a hungry rank asks: a random victim on its own host, a random one anywhere, then nobody. After that it relies on
 * its lifelines, the neighbours on a hypercube, which push work to it as soon as they have some (Saraswat et al.,
 * "Lifeline-based global load balancing", PPoPP 2011). So a rank that waits is silent, and what a rank says while it is
 * hungry is bounded.
 *
 * <p>A hypercube over ranks 0 … size−1, where a vertex that would be {@code ≥ size} is left out, stays connected:
 * clearing the highest bit of a rank always leads to a smaller one. Its edges go both ways and there are at most log₂
 * size a rank.
 *
 * <p>Every lifeline is active when a run begins: nobody but rank 0 has work then, and it spreads along the hypercube
 * without a single request. Whoever grants work to a neighbour is not hungry itself, so a grant also takes back the
 * giver's own lifeline to that neighbour, at both ends.
 */
final class Lifelines implements StealPolicy {

    /** Random victims tried before a rank falls back on its lifelines. */
    static final int RANDOM_ATTEMPTS_MAX = 2;

    private final int rank;
    private final int size;
    private final int[] ranksOfHost;
    private final int[] neighbours;
    private final SplittableRandom random;

    /** Bit i: this rank's lifeline to neighbour i is active, so that the neighbour sends it work when it has some. */
    private int activated;

    /** Bit i: neighbour i is a lifeline thief of this rank: its lifeline to this rank is active. */
    private int thieves;

    private int attempts = RANDOM_ATTEMPTS_MAX;

    /**
     * For one rank.
     *
     * @param ranksOfHost the ranks on its host, itself among them, ascending
     */
    Lifelines(int rank, int size, int[] ranksOfHost, long seed) {
        this.rank = rank;
        this.size = size;
        this.ranksOfHost = ranksOfHost;
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + rank);
        this.neighbours = neighbours(rank, size);
        this.activated = everyNeighbour();
        this.thieves = everyNeighbour();
    }

    @Override
    public int nextVictim() {
        if (size == 1 || attempts >= RANDOM_ATTEMPTS_MAX) {
            return -1;
        }
        boolean nearby = attempts == 0 && ranksOfHost.length > 1;
        attempts++;
        return nearby ? ranksOfHost[otherThan(ownIndex(), ranksOfHost.length)] : otherThan(rank, size);
    }

    @Override
    public int nextLifeline() {
        int inactive = ~activated & everyNeighbour();
        if (inactive == 0) {
            return -1;
        }
        int index = Integer.numberOfTrailingZeros(inactive);
        activated |= 1 << index;
        return neighbours[index];
    }

    @Override
    public void workReceived() {
        attempts = 0;
    }

    @Override
    public void clearLifeline(int other) {
        int bit = bitOf(other);
        activated &= ~bit;
        thieves &= ~bit;
    }

    @Override
    public void addLifelineThief(int neighbour) {
        thieves |= bitOf(neighbour);
    }

    @Override
    public int nextLifelineThief() {
        if (thieves == 0) {
            return -1;
        }
        int left = thieves;
        for (int skip = random.nextInt(Integer.bitCount(thieves)); skip > 0; skip--) {
            left &= left - 1;
        }
        return neighbours[Integer.numberOfTrailingZeros(left)];
    }

    /** A random number below {@code count}, but not {@code excluded}. */
    private int otherThan(int excluded, int count) {
        int chosen = random.nextInt(count - 1);
        return chosen < excluded ? chosen : chosen + 1;
    }

    private int ownIndex() {
        return Arrays.binarySearch(ranksOfHost, rank);
    }

    private int everyNeighbour() {
        return (1 << neighbours.length) - 1;
    }

    /** The bit of a neighbour; 0 for a rank that is none. */
    private int bitOf(int other) {
        int difference = rank ^ other;
        if (Integer.bitCount(difference) != 1) {
            return 0;
        }
        for (int i = 0; i < neighbours.length; i++) {
            if (neighbours[i] == other) {
                return 1 << i;
            }
        }
        return 0;
    }

    private static int[] neighbours(int rank, int size) {
        int[] found = new int[Integer.SIZE - 1];
        int count = 0;
        for (int bit = 0; bit < found.length && 1 << bit < size; bit++) {
            int neighbour = rank ^ 1 << bit;
            if (neighbour < size) {
                found[count++] = neighbour;
            }
        }
        return Arrays.copyOf(found, count);
    }
}

package org.pcircle.circle;

/**
 * The k-ary tree over the ranks, rank 0 at its root, that waves, counters and stops travel: heap order, so that parent
 * and children are arithmetic and nothing is stored per rank.
 */
public record Tree(int rank, int size) {

    /** Children per rank: log₈ of 65 536 ranks is 6 levels, and 8 messages are sent in a few microseconds. */
    public static final int ARITY = 8;

    public Tree {
        if (size < 1 || rank < 0 || rank >= size) {
            throw new IllegalArgumentException("rank " + rank + " of " + size);
        }
    }

    public boolean isRoot() {
        return rank == 0;
    }

    /** The parent's rank; the root has none. */
    public int parent() {
        if (isRoot()) {
            throw new IllegalStateException("the root has no parent");
        }
        return (rank - 1) / ARITY;
    }

    /** The first child's rank; the children are consecutive, {@link #children()} of them. */
    public int firstChild() {
        return (int) Math.min((long) rank * ARITY + 1, size);
    }

    public int children() {
        return (int) Math.min((long) rank * ARITY + 1 + ARITY, size) - firstChild();
    }

    /** How many edges lead from the root to the ranks farthest from it. */
    public int levels() {
        int levels = 0;
        for (long last = size - 1L; last > 0; last = (last - 1) / ARITY) {
            levels++;
        }
        return levels;
    }

    /** Sends one message to each child. */
    public void toChildren(Message message, Outbox outbox) {
        int first = firstChild();
        int end = first + children();
        for (int child = first; child < end; child++) {
            outbox.send(child, message);
        }
    }
}

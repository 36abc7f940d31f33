package org.pcircle.circle;

import java.util.List;

/**
 * What ranks say to each other.
 *
 * <p>{@linkplain #counted() Counted} messages go between any two ranks and are what termination counts: when as many were
 * received as sent, twice, none is on its way. The others go along the edges of the {@link Tree} only, so that the order
 * of delivery between two ranks settles that they, too, are all delivered when the last rank leaves.
 */
public sealed interface Message {

    /** Whether termination detection counts this message. */
    default boolean counted() {
        return false;
    }

    /** A thief asks for work; the answer is a {@link Grant} or a {@link Refusal}. */
    record Request() implements Message {
        @Override
        public boolean counted() {
            return true;
        }
    }

    /** A hungry rank asks a lifeline neighbour for work, now or when it has some; only a {@link Grant} answers. */
    record Lifeline() implements Message {
        @Override
        public boolean counted() {
            return true;
        }
    }

    /** The victim of a {@link Request} has nothing to give. */
    record Refusal() implements Message {
        @Override
        public boolean counted() {
            return true;
        }
    }

    /**
     * Work changes hands.
     *
     * @param items at least one
     * @param answer whether this answers a {@link Request}; else it comes over a lifeline
     */
    record Grant(List<Item> items, boolean answer) implements Message {
        @Override
        public boolean counted() {
            return true;
        }
    }

    /** Carries a {@link Notice} of the work. */
    record Note(Notice notice) implements Message {
        @Override
        public boolean counted() {
            return true;
        }
    }

    /** Down the tree, before anything else: what is to be done, in the work's own encoding. */
    record Start(byte[] plan) implements Message {}

    /** Down the tree: count your messages when you are idle; first begin {@code round} if that is news. */
    record Wave(int wave, int round) implements Message {}

    /** Up the tree: what the sender's subtree had sent and received when each of its ranks was idle in this wave. */
    record Count(int wave, long sent, long received) implements Message {}

    /** Up the tree, now and then: the counters of the sender's subtree as last heard. */
    record Tally(long[] counters) implements Message {}

    /** Along every edge of the tree, once: take up no new work; why, and the exit code that it means. */
    record Stop(int code, String reason) implements Message {}

    /** Down the tree: there is no work left anywhere. */
    record Finish() implements Message {}

    /** Up the tree, the answer to {@link Finish}: the final counters of the sender's subtree; its last message. */
    record Final(long[] counters) implements Message {}

    /** Down the tree: leave, with this exit code. The last message of all. */
    record Exit(int code) implements Message {}
}

package org.pcircle.circle;

import java.util.List;

/**
 * What ranks say to each other.
 *
 * <p>Messages between any two ranks are {@linkplain Peer peer} messages; those of them that
 * {@linkplain Peer#createsWork() create work} are what termination counts. The others go along the edges of the
 * {@link Tree} only, where the order of delivery between two ranks settles that they are all delivered when the last
 * rank leaves.
 */
public sealed interface Message {

    /** A message between any two ranks, off the tree. */
    sealed interface Peer extends Message {

        /** Whether its receiver may have work that it had not before. */
        default boolean createsWork() {
            return false;
        }
    }

    /** A thief asks for work; the answer is a {@link Grant} or a {@link Refusal}. */
    record Request() implements Peer {}

    /** A hungry rank asks a lifeline neighbour for work, now or when it has some; only a {@link Grant} answers. */
    record Lifeline() implements Peer {}

    /** The victim of a {@link Request} has nothing to give. */
    record Refusal() implements Peer {}

    /**
     * Work changes hands.
     *
     * @param items at least one
     * @param answer whether this answers a {@link Request}; else it comes over a lifeline
     */
    record Grant(List<Item> items, boolean answer) implements Peer {
        @Override
        public boolean createsWork() {
            return true;
        }
    }

    /** Carries a {@link Notice} of the work. */
    record Note(Notice notice) implements Peer {
        @Override
        public boolean createsWork() {
            return true;
        }
    }

    /** Down the tree, before anything else: what is to be done, in the work's own encoding. */
    record Start(byte[] plan) implements Message {}

    /** Down the tree: count your messages when you are idle; first begin {@code round} if that is news. */
    record Wave(int wave, int round) implements Message {}

    /** Up the tree: what the sender's subtree had sent and received when each of its ranks was idle in this wave. */
    record Count(int wave, long sent, long received) implements Message {}

    /** Up the tree, now and then: the counters of the sender's subtree as last reported. */
    record Reduce(long[] counters) implements Message {}

    /** Along every edge of the tree, once: take up no new work; why, and the exit code that it means. */
    record Stop(int code, String reason) implements Message {}

    /** What goes along the edges of the tree in an {@link Epoch}, in this order; epochs are numbered upwards. */
    sealed interface OfEpoch extends Message {
        int epoch();
    }

    /** Down the tree: pause, and say what work you have sent and received; in a later wave, say it again. */
    record Quiesce(int epoch, int wave) implements OfEpoch {}

    /** Up the tree: the sender's subtree is paused, and in this wave it had sent and received so much work, ever. */
    record Quiet(int epoch, int wave, long sent, long received) implements OfEpoch {}

    /** Down the tree: all ranks are paused and no work is under way; take your snapshot. */
    record Snapshot(int epoch) implements OfEpoch {}

    /** Up the tree: the sender's subtree has taken its snapshots. */
    record Snapped(int epoch) implements OfEpoch {}

    /** Down the tree: all ranks have taken their snapshots; go on. */
    record Resume(int epoch) implements OfEpoch {}

    /** Up the tree: the snapshots of the sender's subtree are safe, or one of them never will be. */
    record Written(int epoch, boolean succeeded) implements OfEpoch {}

    /** Down the tree: the epoch is over; if it was committed, a run can be resumed from it and from no older one. */
    record EpochEnded(int epoch, boolean committed) implements OfEpoch {}

    /** Down the tree: there is no work left anywhere; it comes again while a peer message is still under way. */
    record Finish() implements Message {}

    /**
     * Up the tree, the answer to {@link Finish}.
     *
     * @param counters of the sender's subtree, final
     * @param sent peer messages that its ranks have sent
     * @param received peer messages that its ranks have received
     */
    record Final(long[] counters, long sent, long received) implements Message {}

    /** Down the tree: leave, with this exit code. The last message of all. */
    record Exit(int code) implements Message {}
}

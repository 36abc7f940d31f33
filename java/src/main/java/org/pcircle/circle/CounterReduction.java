package org.pcircle.circle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The reduction of counters over the tree: this rank's own, and for each child what its subtree last reported. At the
 * end it also adds up the peer messages sent and received, so that nobody leaves while one is under way.
 */
final class CounterReduction {

    private final Tree tree;
    private final Workload workload;
    private final long[] @Nullable [] ofChildren;

    private long sent;
    private long received;

    private int finals;
    private long sentBelow;
    private long receivedBelow;

    CounterReduction(Tree tree, Workload workload) {
        this.tree = tree;
        this.workload = workload;
        this.ofChildren = new long[tree.children()][];
    }

    void countSent() {
        sent++;
    }

    void countReceived() {
        received++;
    }

    /** A child's subtree reports. */
    void report(int child, long[] counters) {
        ofChildren[child - tree.firstChild()] = counters;
    }

    /** The final reports are asked for, perhaps once more. */
    void beginFinal() {
        finals = 0;
        sentBelow = 0;
        receivedBelow = 0;
    }

    /** A child's subtree gives its final report. */
    void reportFinal(int child, Message.Final last) {
        report(child, last.counters());
        finals++;
        sentBelow += last.sent();
        receivedBelow += last.received();
    }

    /** Whether every child has given its final report. */
    boolean allFinal() {
        return finals == ofChildren.length;
    }

    /** The final report of this rank and those below it; only once {@link #allFinal()}. */
    Message.Final finalOfSubtree() {
        return new Message.Final(ofSubtree(), sentBelow + sent, receivedBelow + received);
    }

    /** The sums over this rank and all ranks below it, as far as known. */
    long[] ofSubtree() {
        long[] own = workload.counters();
        long[] sums = Arrays.copyOf(own, own.length);
        for (long[] counters : ofChildren) {
            if (counters != null) {
                Counts.add(sums, counters);
            }
        }
        return sums;
    }
}

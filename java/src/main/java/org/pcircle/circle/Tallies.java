package org.pcircle.circle;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The reduction of counters over the tree: this rank's own, and for each child what its subtree last reported. */
final class Tallies {

    private final Tree tree;
    private final Workload workload;
    private final long[] @Nullable [] ofChildren;
    private int finals;

    Tallies(Tree tree, Workload workload) {
        this.tree = tree;
        this.workload = workload;
        this.ofChildren = new long[tree.children()][];
    }

    /** A child's subtree reports. */
    void report(int child, long[] counters) {
        ofChildren[child - tree.firstChild()] = counters;
    }

    /** A child's subtree reports for the last time. */
    void reportFinal(int child, long[] counters) {
        report(child, counters);
        finals++;
    }

    boolean allFinal() {
        return finals == ofChildren.length;
    }

    /** The sums over this rank and all ranks below it, as far as known. */
    long[] ofSubtree() {
        long[] own = workload.counters();
        long[] sums = Arrays.copyOf(own, own.length);
        for (long[] counters : ofChildren) {
            if (counters != null) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += counters[i];
                }
            }
        }
        return sums;
    }
}

package org.pcircle.digest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The digests of successive leaves of a file, run-length encoded. For one thread at a time. */
public final class LeafRuns {

    private final long first;
    private final List<LeafRun> runs = new ArrayList<>();

    /** Successive leaves with the same digest. */
    public record LeafRun(long count, byte[] digest) {}

    /** An empty list whose first leaf will have this index. */
    public LeafRuns(long first) {
        this.first = first;
    }

    /** The index of the first leaf. */
    public long first() {
        return first;
    }

    public List<LeafRun> runs() {
        return runs;
    }

    /** Adds the next leaves. */
    public void add(long count, byte[] digest) {
        if (count == 0) {
            return;
        }
        int last = runs.size() - 1;
        if (last >= 0 && Arrays.equals(runs.get(last).digest(), digest)) {
            runs.set(last, new LeafRun(runs.get(last).count() + count, digest));
        } else {
            runs.add(new LeafRun(count, digest));
        }
    }
}

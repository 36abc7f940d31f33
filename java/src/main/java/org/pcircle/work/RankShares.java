package org.pcircle.work;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Counts;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.report.Counter;
import org.pcircle.report.RankShare;

/** At rank 0, what all ranks have done, once they have told. Used by the rank's own thread. */
final class RankShares {

    private final Consumer<RankShare> sink;
    private final long[] counters = new long[Counter.COUNT];
    private final @Nullable DatasetSum signed;

    /**
     * @param sink takes each share
     * @param signature the run's; null if there is none
     */
    RankShares(Consumer<RankShare> sink, @Nullable Algorithm signature) {
        this.sink = sink;
        this.signed = signature == null ? null : new DatasetSum(signature);
    }

    /**
     * Adds what a rank has done.
     *
     * @param sum the entries that it adds to the signature; null if there is none
     */
    void add(RankShare share, @Nullable DatasetSum sum) {
        sink.accept(share);
        Counts.add(counters, share.counters());
        if (signed != null && sum != null) {
            signed.add(sum);
        }
    }

    /** What all of them counted; not to be written to. */
    long[] counters() {
        return counters;
    }

    /** The entries of the signature; null if there is none. */
    @Nullable
    DatasetSum signed() {
        return signed;
    }
}

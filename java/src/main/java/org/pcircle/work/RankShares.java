package org.pcircle.work;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Counts;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.report.Counter;
import org.pcircle.report.RankShare;

/** At rank 0, the shares of all ranks, once they have reported. Used by the rank's own thread. */
public final class RankShares {

    private final Consumer<RankShare> sink;
    private final long[] counters = new long[Counter.COUNT];
    private final @Nullable DatasetSum signed;

    /**
     * @param sink receives each share
     * @param signature algorithm of the run's signature; null if there is none
     */
    public RankShares(Consumer<RankShare> sink, @Nullable Algorithm signature) {
        this.sink = sink;
        this.signed = signature == null ? null : new DatasetSum(signature);
    }

    /**
     * Adds the share of a rank.
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

    /** The sums of their counters; must not be modified. */
    public long[] counters() {
        return counters;
    }

    /** The entries of the signature; null if there is none. */
    @Nullable
    public DatasetSum signed() {
        return signed;
    }
}

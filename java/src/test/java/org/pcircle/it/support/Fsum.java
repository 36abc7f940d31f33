package org.pcircle.it.support;

/** {@code bin/fsum} of the distribution. */
public final class Fsum {

    private Fsum() {}

    public static Fcp alone() {
        return Fcp.alone().named("fsum");
    }

    public static Fcp withRanks(int ranks) {
        return Fcp.withRanks(ranks).named("fsum");
    }
}

package org.pcircle.it;

/** {@code bin/fsum} of the distribution. */
final class Fsum {

    private Fsum() {}

    static Fcp alone() {
        return Fcp.alone().named("fsum");
    }

    static Fcp withRanks(int ranks) {
        return Fcp.withRanks(ranks).named("fsum");
    }
}

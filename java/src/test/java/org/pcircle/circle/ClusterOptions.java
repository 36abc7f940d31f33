package org.pcircle.circle;

import java.util.SplittableRandom;

/**
 * A simulated cluster, its work and its misfortunes, all of it drawn from one seed.
 *
 * @param workers per rank
 * @param items of the round that starts at rank 0
 * @param itemsPerRank of the round that starts everywhere
 * @param latencyNsMax of a message between any two ranks, at least a tenth of that
 * @param itemNsMax that an item takes
 * @param noticePercent of the items that go to another rank by notice
 * @param listingPercent of the items that go on as listings
 * @param stopAtNs when some rank says stop; never if negative
 */
record ClusterOptions(
        long seed,
        int ranks,
        int workers,
        int items,
        int itemsPerRank,
        long latencyNsMax,
        long itemNsMax,
        int noticePercent,
        int listingPercent,
        long stopAtNs) {

    /** A small cluster with anything that may happen to one. */
    static ClusterOptions small(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long itemNsMax = 1 + random.nextLong(1 << random.nextInt(4, 24));
        int items = 1 + random.nextInt(1 << random.nextInt(10));
        return new ClusterOptions(
                seed,
                random.nextInt(2, 17),
                random.nextInt(1, 4),
                items,
                random.nextInt(3),
                10 + random.nextLong(1 << random.nextInt(4, 20)),
                itemNsMax,
                random.nextInt(3) == 0 ? random.nextInt(50) : 0,
                random.nextInt(2) == 0 ? random.nextInt(50) : 0,
                random.nextInt(10) == 0 ? random.nextLong(1 + items * itemNsMax / 4) : -1);
    }
}

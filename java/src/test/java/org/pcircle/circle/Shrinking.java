package org.pcircle.circle;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes the options of a cluster that fails simpler for as long as one such fails: one option at a time, to its
 * simplest value, or halfway there, or one step, until no such change is left that fails. Any change makes another run
 * of it, in which a rare order of events may not come about, so each is tried with some seeds.
 */
final class Shrinking {

    /** The order is the order in which they are tried: misfortunes first, sizes before times. */
    private static final List<Map.Entry<String, Long>> SIMPLEST = List.of(
            Map.entry("losses", 0L),
            Map.entry("writeFailPercent", 0L),
            Map.entry("writeNsMax", 0L),
            Map.entry("epochNs", 0L),
            Map.entry("stopAtNs", -1L),
            Map.entry("hangNs", 0L),
            Map.entry("stallPercent", 0L),
            Map.entry("slowPercent", 0L),
            Map.entry("noticePercent", 0L),
            Map.entry("listingPercent", 0L),
            Map.entry("latePercent", 0L),
            Map.entry("pollNsMax", 0L),
            Map.entry("itemsPerRank", 0L),
            Map.entry("ranks", 1L),
            Map.entry("items", 1L),
            Map.entry("ranksPerHost", 1L),
            Map.entry("workers", 1L),
            Map.entry("latencyNsMin", 1L),
            Map.entry("latencyNsMax", 1L),
            Map.entry("itemNsMin", 1L),
            Map.entry("itemNsMax", 1L));

    private static final int SEEDS = 100;

    private Shrinking() {}

    /** The simplest options found that still fail. */
    static ClusterOptions smallest(ClusterOptions failing, Predicate<ClusterOptions> fails) {
        ClusterOptions smallest = failing;
        for (ClusterOptions simpler = failing; simpler != null; simpler = simpler(smallest, fails)) {
            smallest = simpler;
        }
        return smallest;
    }

    private static ClusterOptions simpler(ClusterOptions options, Predicate<ClusterOptions> fails) {
        return SIMPLEST.stream()
                .flatMap(component -> towards(component.getValue(), options, component.getKey()))
                .filter(fails)
                .findFirst()
                .orElse(null);
    }

    private static Stream<ClusterOptions> towards(long simplest, ClusterOptions options, String component) {
        long value = options.get(component);
        return Stream.of(simplest, simplest + (value - simplest) / 2, value - 1)
                .filter(candidate -> candidate >= simplest && candidate < value)
                .distinct()
                .map(candidate -> options.with(component, candidate))
                .filter(ClusterOptions::isPossible)
                .flatMap(simpler -> LongStream.range(options.seed(), options.seed() + SEEDS)
                        .mapToObj(seed -> simpler.with("seed", seed)));
    }
}

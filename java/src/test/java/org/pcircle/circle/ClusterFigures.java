package org.pcircle.circle;

import java.util.Locale;
import org.pcircle.circle.VirtualCluster.Figures;
import org.pcircle.circle.VirtualCluster.Network;

/**
 * Prints the figures of large simulated clusters: {@code ClusterFigures [RANKS [ITEMS_PER_RANK [POLL_US [SEED]]]]}, all
 * work at rank 0 at first, messages of 2 to 20 µs, items of 1 to 20 ms.
 */
final class ClusterFigures {

    private static final double LATENCY_NS_MEAN = 11_000;

    private ClusterFigures() {}

    public static void main(String[] arguments) {
        int ranks = argument(arguments, 0, 4096);
        int itemsPerRank = argument(arguments, 1, 50);
        long pollNsMax = 1000L * argument(arguments, 2, 0);
        long seed = argument(arguments, 3, 1);
        ClusterOptions options = ClusterOptions.large(seed, ranks, itemsPerRank, pollNsMax);
        System.out.println(options);
        print("lifelines", options, new VirtualCluster(options));
        if (pollNsMax == 0 && ranks <= 1024) {
            print(
                    "plain random stealing",
                    options,
                    new VirtualCluster(options, Network.SOUND, (rank, ofHost) -> new PlainStealing(rank, ranks, seed)));
        }
    }

    private static void print(String what, ClusterOptions options, VirtualCluster cluster) {
        long begin = System.nanoTime();
        Figures figures = cluster.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: efficiency %.3f, makespan %.1f ms, end detected after %.0f us = %.1f mean latencies"
                        + " (5 x 2 log_k P = %.1f), messages per rank %.1f, peer messages per item %.2f,"
                        + " requests per rank %.1f; %d events in %.1f s = %.2f M/s%n",
                what,
                figures.efficiency(),
                figures.lastItemNs / 1e6,
                figures.detectionNs() / 1e3,
                figures.detectionNs() / LATENCY_NS_MEAN,
                10 * Math.log(options.ranks()) / Math.log(Tree.ARITY),
                (double) figures.messages / options.ranks(),
                (double) figures.peerMessages / figures.itemsDone,
                (double) figures.requests / options.ranks(),
                figures.events,
                seconds,
                figures.events / seconds / 1e6);
    }

    private static int argument(String[] arguments, int index, int byDefault) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : byDefault;
    }
}

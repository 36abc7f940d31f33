package org.pcircle.circle;

import java.util.Locale;
import org.pcircle.circle.VirtualCluster.Figures;

/**
 * Prints the figures of a large simulated cluster: {@code ClusterFigures [RANKS [ITEMS_PER_RANK [POLL_US [SEED
 * [plain]]]]]}, all work at rank 0 at first, messages of 2 to 20 µs, items of 1 to 20 ms. With {@code plain} the same
 * by plain random stealing too, which takes some fifty times as many messages.
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
        System.out.println(
                "efficiency = time of all items / (ranks x time until the last item is done); the simulated latency "
                        + (pollNsMax > 0
                                ? "includes the real idle poll"
                                : "is the message's alone, without idle polls"));
        System.out.printf(
                Locale.ROOT,
                "a central queue that costs nothing: efficiency %.3f%n",
                new CentralQueue(options).efficiency());
        print("lifelines", options, new VirtualCluster(options));
        if (arguments.length > 4) {
            print(
                    "plain random stealing",
                    options,
                    new VirtualCluster(options, (rank, ofHost) -> new PlainStealing(rank, ranks, seed)));
        }
    }

    private static void print(String what, ClusterOptions options, VirtualCluster cluster) {
        long begin = System.nanoTime();
        Figures figures = cluster.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        int ranks = options.ranks();
        System.out.printf(
                Locale.ROOT,
                """
                %s: efficiency %.3f, last item done after %.1f ms
                  end known %.0f us later = %.1f mean latencies (5 x 2 log_k P = %.1f); a ring would know after %.0f us
                  messages: %.1f a rank, at most %d; %.2f an item; %.1f of them a rank are requests
                  waves: %d
                  %d events in %.1f s = %.2f M/s
                """,
                what,
                figures.efficiency(),
                figures.lastItemNs / 1e6,
                figures.detectionNs() / 1e3,
                figures.detectionNs() / LATENCY_NS_MEAN,
                10 * Math.log(ranks) / Math.log(Tree.ARITY),
                (figures.ringEndNs - figures.lastItemNs) / 1e3,
                (double) figures.messages / ranks,
                figures.messagesOfARankMax,
                (double) figures.messages / figures.itemsDone,
                (double) figures.requests / ranks,
                figures.waves,
                figures.events,
                seconds,
                figures.events / seconds / 1e6);
    }

    private static int argument(String[] arguments, int index, int byDefault) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : byDefault;
    }
}

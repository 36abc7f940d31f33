package org.pcircle.circle;

import java.util.ArrayDeque;
import java.util.PriorityQueue;

/**
 * The same work as a {@link VirtualCluster} has, but from one queue that all workers share, oldest item first, at no
 * cost and without a message. What this loses against perfect balance is the tree's own loss: at first it has too
 * little work for everybody, and at the end what is left hangs together. For work that follows from work and is never
 * told elsewhere.
 */
final class CentralQueue {

    private final ClusterOptions options;
    private final SimulatedWork work;
    private final SimulatedWork.Part all;
    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();
    private long nowNs;
    private long busyNs;

    private record InFlight(long untilNs, Item item) implements Comparable<InFlight> {
        @Override
        public int compareTo(InFlight other) {
            return Long.compare(untilNs, other.untilNs);
        }
    }

    CentralQueue(ClusterOptions options) {
        this.options = options;
        this.work = new SimulatedWork(options);
        this.all = work.at(0);
    }

    /** Does all work of the round that starts at rank 0. */
    double efficiency() {
        long workers = (long) options.ranks() * options.workers();
        waiting.addAll(all.begin(SimulatedWork.TREE_ROUND).items());
        hire(workers);
        for (InFlight next = inFlight.poll(); next != null; next = inFlight.poll()) {
            nowNs = next.untilNs();
            Effects effects = all.run(next.item());
            if (!effects.notices().isEmpty()) {
                throw new IllegalStateException("there is nobody to tell: " + options);
            }
            waiting.addAll(effects.items());
            hire(workers);
        }
        return (double) busyNs / workers / nowNs;
    }

    private void hire(long workers) {
        while (inFlight.size() < workers && !waiting.isEmpty()) {
            Item item = front(waiting.remove());
            long ns = work.durationNs(item, 0);
            busyNs += ns;
            inFlight.add(new InFlight(nowNs + ns, item));
        }
    }

    private Item front(Item item) {
        if (item instanceof Item.Splittable splittable) {
            Item.Cut cut = splittable.cutForWorker();
            if (cut.left() != null) {
                waiting.addFirst(cut.left());
            }
            return cut.taken();
        }
        return item;
    }
}

package org.pcircle.circle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Many ranks in one thread and in virtual time: a priority queue of events drives the same {@link Rank} that runs in
 * earnest. Messages take random times but keep their order between two ranks, as MPI promises; items take random times. The
 * whole run follows from the seed in its options.
 *
 * <p>Checked: safety (nothing lost, nothing done twice, no round ends early, nothing is left under way) and liveness
 * (everybody leaves within a bounded number of events).
 */
final class VirtualCluster {

    private static final int EVENTS_MAX_PER_ITEM_AND_RANK = 2_000;
    private static final long TICK_NS = 1 << 22;
    private static final int STOP_CODE = 4;

    /** What may go wrong between sending and delivery; the tests plant faults here to see that they are caught. */
    interface Network {
        boolean loses(int from, int to, Message message);
    }

    private final ClusterOptions options;
    private final Network network;
    private final SplittableRandom random;
    private final SimulatedWork work;
    private final List<Rank> ranks = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Long, Long> lastDeliveryNs = new HashMap<>();
    private long nowNs;
    private long eventCount;
    private long sequence;
    private int underWay;
    private long messages;

    private record Event(long atNs, long sequence, int rank, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    VirtualCluster(ClusterOptions options) {
        this(options, (from, to, message) -> false);
    }

    VirtualCluster(ClusterOptions options, Network network) {
        this.options = options;
        this.network = network;
        this.random = new SplittableRandom(options.seed() + 2);
        this.work = new SimulatedWork(options);
    }

    /** Runs to the end and checks it; throws an AssertionError if something is wrong. */
    void run() {
        for (int i = 0; i < options.ranks(); i++) {
            Tree tree = new Tree(i, options.ranks());
            ranks.add(new Rank(tree, options.workers(), TICK_NS, options.seed(), work.at(i), new StealCounts()));
        }
        for (int i = 0; i < options.ranks(); i++) {
            int rank = i;
            at(0, rank, () -> ranks.get(rank).begin(nowNs, outbox(rank)));
            at(TICK_NS, rank, () -> tick(rank));
        }
        if (options.stopAtNs() >= 0) {
            at(options.stopAtNs(), random.nextInt(options.ranks()), this::stop);
        }
        long eventsMax = (long) EVENTS_MAX_PER_ITEM_AND_RANK * (work.total() + options.ranks());
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (++eventCount > eventsMax) {
                throw new AssertionError("no end after " + eventsMax + " events");
            }
            nowNs = event.atNs();
            event.action().run();
            settle(event.rank());
        }
        check();
    }

    long events() {
        return eventCount;
    }

    long messages() {
        return messages;
    }

    /** The loop's turn after something has happened to a rank. */
    private void settle(int index) {
        Rank rank = ranks.get(index);
        if (rank.hasLeft()) {
            return;
        }
        handOut(index, options.workers());
        rank.step(nowNs, outbox(index));
        handOut(index, 2 * options.workers());
        if (rank.isFinished()) {
            rank.exit(rank.stopped() == null ? 0 : rank.stopped().code(), outbox(index));
        }
    }

    private void handOut(int index, int upTo) {
        Rank rank = ranks.get(index);
        while (rank.running() < upTo) {
            Item item = rank.take();
            if (item == null) {
                return;
            }
            at(nowNs + work.durationNs(), index, () -> rank.fold(work.run(item), outbox(index)));
        }
    }

    private Outbox outbox(int from) {
        return (to, message) -> {
            if (to == from || to < 0 || to >= options.ranks()) {
                throw new AssertionError("rank " + from + " sends to rank " + to);
            }
            messages++;
            if (network.loses(from, to, message)) {
                return;
            }
            underWay++;
            long latencyNs = options.latencyNsMax() / 10 + random.nextLong(options.latencyNsMax());
            long key = (long) from * options.ranks() + to;
            long atNs = Math.max(nowNs + latencyNs, lastDeliveryNs.getOrDefault(key, 0L) + 1);
            lastDeliveryNs.put(key, atNs);
            at(atNs, to, () -> deliver(from, to, message));
        };
    }

    private void deliver(int from, int to, Message message) {
        underWay--;
        if (ranks.get(to).hasLeft()) {
            throw new AssertionError("rank " + to + " has left and gets " + message + " of rank " + from);
        }
        ranks.get(to).on(from, message, outbox(to));
    }

    private void tick(int index) {
        if (!ranks.get(index).hasLeft()) {
            at(nowNs + TICK_NS, index, () -> tick(index));
        }
    }

    private void stop() {
        int index = random.nextInt(options.ranks());
        if (!ranks.get(index).hasLeft()) {
            ranks.get(index).stop(STOP_CODE, "enough", outbox(index));
            work.stopped();
            settle(index);
        }
    }

    private void at(long atNs, int rank, Runnable action) {
        events.add(new Event(atNs, sequence++, rank, action));
    }

    private void check() {
        Rank root = ranks.get(0);
        for (int i = 0; i < options.ranks(); i++) {
            Rank rank = ranks.get(i);
            verify(rank.hasLeft(), "rank " + i + " never leaves");
            verify(rank.running() == 0, "rank " + i + " leaves with items at its workers");
            verify(rank.exitCode() == root.exitCode(), "rank " + i + " leaves with another exit code");
        }
        verify(underWay == 0, underWay + " messages are under way after the end");
        if (root.stopped() == null) {
            verify(work.missing() == 0, work.missing() + " items are lost");
            long begun = (long) options.ranks() * root.round() + options.ranks();
            verify(root.totals()[0] == begun, "counters do not add up: " + root.totals()[0] + " of " + begun);
        } else {
            verify(root.exitCode() == STOP_CODE, "the run was stopped and says " + root.exitCode());
        }
    }

    private static void verify(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}

package org.pcircle.circle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The work of a simulated cluster and its two oracles. An item stands for an interval of numbers: it is its first number
 * itself and passes the others on to items that follow from it, so that each number is done exactly once whatever way the
 * work takes through the cluster.
 */
final class SimulatedWork {

    private static final int ROUNDS = 4;
    private static final int TREE_ROUND = 1;
    private static final int SPREAD_ROUND = 2;
    private static final int CHILDREN_MAX = 8;
    private static final int PERCENT = 100;

    private final ClusterOptions options;
    private final SplittableRandom random;
    private final BitSet done = new BitSet();
    private boolean stopped;

    SimulatedWork(ClusterOptions options) {
        this.options = options;
        this.random = new SplittableRandom(options.seed() + 1);
    }

    /** An interval of numbers to be done. */
    record Span(int from, int to, boolean stealable) implements Item {
        @Override
        public long dataBytes() {
            return (long) to - from;
        }

        @Override
        public long entries() {
            return 1;
        }

        @Override
        public int encodedBytes() {
            return Long.BYTES;
        }
    }

    /** An interval that can be cut anywhere and is done number by number. */
    record Stretch(int from, int to) implements Item.Splittable {
        @Override
        public long dataBytes() {
            return (long) to - from;
        }

        @Override
        public long entries() {
            return 0;
        }

        @Override
        public int encodedBytes() {
            return Long.BYTES;
        }

        @Override
        public Cut cutForWorker() {
            return cut(from + 1, true);
        }

        @Override
        public Cut cutForThief() {
            return cut(from + (to - from + 1) / 2, false);
        }

        private Cut cut(int at, boolean front) {
            if (at >= to) {
                return new Cut(this, null);
            }
            Stretch first = new Stretch(from, at);
            Stretch second = new Stretch(at, to);
            return front ? new Cut(first, second) : new Cut(second, first);
        }
    }

    /** Work that arrives by notice. */
    record Errand(Span span) implements Notice {}

    /** From now on work may be left undone. */
    void stopped() {
        stopped = true;
    }

    /** How long an item takes. */
    long durationNs() {
        return random.nextLong(options.itemNsMax()) + 1;
    }

    /** Does an item: ticks its own number off and says what follows. */
    Effects run(Item item) {
        if (item instanceof Stretch stretch) {
            for (int number = stretch.from(); number < stretch.to(); number++) {
                tick(number);
            }
            return Effects.NONE;
        }
        Span span = (Span) item;
        List<Item> spawned = new ArrayList<>();
        List<Notice.Addressed> notices = new ArrayList<>();
        int from = span.from();
        if (span.stealable()) {
            tick(from++);
        } else {
            int to = Math.min(span.to(), from + 1 + random.nextInt(4));
            if (to < span.to()) {
                spawned.add(new Span(to, span.to(), false));
            }
            return follow(from, to, spawned, notices);
        }
        if (from < span.to() && chance(options.listingPercent())) {
            spawned.add(new Span(from, span.to(), false));
            return new Effects(spawned, notices);
        }
        return follow(from, span.to(), spawned, notices);
    }

    /** What has not been done of all rounds. */
    int missing() {
        return total() - done.cardinality();
    }

    int doneCount() {
        return done.cardinality();
    }

    int total() {
        return options.items() + options.ranks() * options.itemsPerRank();
    }

    /** This work at one rank. */
    Workload at(int rank) {
        return new Workload() {
            private final long[] counters = new long[2];

            @Override
            public int rounds() {
                return ROUNDS;
            }

            @Override
            public Effects begin(int round) {
                counters[0]++;
                checkNoEarlyEnd(round);
                if (round == TREE_ROUND && rank == 0) {
                    return Effects.of(new Span(0, options.items(), true));
                }
                if (round == SPREAD_ROUND && options.itemsPerRank() > 0) {
                    int from = options.items() + rank * options.itemsPerRank();
                    return Effects.of(new Stretch(from, from + options.itemsPerRank()));
                }
                return Effects.NONE;
            }

            @Override
            public Effects receive(int from, Notice notice) {
                counters[1]++;
                return Effects.of(((Errand) notice).span());
            }

            @Override
            public long[] counters() {
                return counters;
            }
        };
    }

    private Effects follow(int from, int to, List<Item> spawned, List<Notice.Addressed> notices) {
        int at = from;
        for (int child = 0; at < to; child++) {
            int end = child == CHILDREN_MAX ? to : at + 1 + random.nextInt(to - at);
            if (chance(options.noticePercent())) {
                notices.add(new Notice.Addressed(random.nextInt(options.ranks()), new Errand(new Span(at, end, true))));
            } else if (random.nextInt(8) == 0) {
                spawned.add(new Stretch(at, end));
            } else {
                spawned.add(new Span(at, end, true));
            }
            at = end;
        }
        return new Effects(spawned, notices);
    }

    private void tick(int number) {
        if (done.get(number)) {
            throw new AssertionError("number " + number + " is done twice");
        }
        done.set(number);
    }

    /** A round may begin nowhere before the one before it has ended everywhere. */
    private void checkNoEarlyEnd(int round) {
        if (stopped) {
            return;
        }
        int due = round <= TREE_ROUND ? 0 : round == SPREAD_ROUND ? options.items() : total();
        if (done.nextClearBit(0) < due) {
            throw new AssertionError("round " + round + " begins with number " + done.nextClearBit(0) + " not done");
        }
    }

    private boolean chance(int percent) {
        return percent > 0 && random.nextInt(PERCENT) < percent;
    }
}

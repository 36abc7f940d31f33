package org.pcircle.circle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The work of a simulated cluster and its two oracles. An item stands for an interval of numbers: it is its first number
 * itself and passes the others on to items that follow from it, so that each number is done exactly once whatever way the
 * work takes through the cluster. How long an item takes and what follows from it depends on the seed and the item alone:
 * the same work can be done in several ways, and they be compared.
 */
final class SimulatedWork {

    static final int ROUNDS = 4;
    /** The round of the work that starts at rank 0. */
    static final int TREE_ROUND = 1;

    private static final int SPREAD_ROUND = 2;
    private static final int CHILDREN_MIN = 4;
    private static final int CHILDREN_MAX = 16;
    private static final int LISTED_AT_ONCE_MAX = 4;
    private static final int PERCENT = 100;
    private static final int SLOWER = 10;
    private static final int STALLED = 100;

    private final ClusterOptions options;
    private final BitSet done = new BitSet();
    private final long[] doneAt;
    private boolean stopped;

    SimulatedWork(ClusterOptions options) {
        this.options = options;
        this.doneAt = new long[options.ranks()];
    }

    /** What an item stands for: the numbers from one up to another, without it. */
    private interface Interval extends Item {
        int from();

        int to();
    }

    /**
     * An interval of numbers to be done. What it weighs is not known before it is done, as with a directory.
     *
     * @param listing whether it is a listing that goes on, which cannot be stolen
     */
    record Span(int from, int to, boolean listing) implements Interval {

        private static final int ENTRIES_EXPECTED = 64;

        @Override
        public long dataBytes() {
            return 0;
        }

        @Override
        public long entries() {
            return to - from == 1 ? 1 : ENTRIES_EXPECTED;
        }

        @Override
        public int encodedBytes() {
            return 2 * Integer.BYTES;
        }

        @Override
        public boolean stealable() {
            return !listing;
        }
    }

    /** An interval that can be cut anywhere and is done number by number. */
    record Stretch(int from, int to) implements Interval, Item.Splittable {
        @Override
        public long dataBytes() {
            return (long) (to - from) * ENTRY_WEIGHT_BYTES;
        }

        @Override
        public long entries() {
            return 0;
        }

        @Override
        public int encodedBytes() {
            return 2 * Integer.BYTES;
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
    record Errand(Item item) implements Notice {}

    /** From now on work may be left undone. */
    void stopped() {
        stopped = true;
    }

    /** How long an item takes at a rank. */
    long durationNs(Item item, int rank) {
        SplittableRandom random = chances(item, 1);
        long ns = options.itemNsMin() + random.nextLong(options.itemNsMax() - options.itemNsMin() + 1);
        boolean slow = rank * 37 % PERCENT < options.slowPercent();
        long hangNs = ((Interval) item).from() == options.items() - 1 ? options.hangNs() : 0;
        return hangNs + ns * (slow ? SLOWER : 1) * (chance(random, options.stallPercent()) ? STALLED : 1);
    }

    /** Does an item at a rank: ticks its own number off and says what follows. */
    Effects run(Item item, int rank) {
        if (item instanceof Stretch stretch) {
            for (int number = stretch.from(); number < stretch.to(); number++) {
                tick(number, rank);
            }
            return Effects.NONE;
        }
        Span span = (Span) item;
        SplittableRandom random = chances(item, 2);
        if (span.listing()) {
            return list(span.from(), span.to(), random);
        }
        tick(span.from(), rank);
        return walk(span, random);
    }

    /** How many numbers have not been done, of all rounds. */
    int missing() {
        return total() - done.cardinality();
    }

    int total() {
        return options.items() + options.ranks() * options.itemsPerRank();
    }

    /** This work at one rank, which counts the rounds that it has begun and the numbers that it has done. */
    Workload at(int rank) {
        return new Workload() {
            private long begun;

            @Override
            public int rounds() {
                return ROUNDS;
            }

            @Override
            public int firstRound() {
                return 0;
            }

            @Override
            public int firstEpoch() {
                return 1;
            }

            @Override
            public boolean allowsEpoch(int round) {
                return false;
            }

            @Override
            public boolean wantsLastEpoch() {
                return false;
            }

            @Override
            public void snapshot(int epoch, List<Item> frontier) {
                throw new AssertionError("epoch " + epoch + " is not allowed");
            }

            @Override
            public void epochEnded(int epoch, boolean committed) {
                throw new AssertionError("epoch " + epoch + " is not allowed");
            }

            @Override
            public Effects begin(int round) {
                begun++;
                verifyDone(round - 1, "round " + round + " begins with ");
                if (round == TREE_ROUND && rank == 0) {
                    return Effects.of(firstItems());
                }
                if (round == SPREAD_ROUND && options.itemsPerRank() > 0) {
                    int from = options.items() + rank * options.itemsPerRank();
                    return Effects.of(new Stretch(from, from + options.itemsPerRank()));
                }
                return Effects.NONE;
            }

            @Override
            public Effects receive(int from, Notice notice) {
                return Effects.of(((Errand) notice).item());
            }

            @Override
            public long[] counters() {
                return new long[] {begun, doneAt[rank]};
            }
        };
    }

    private List<Item> firstItems() {
        return switch (options.shape()) {
            case BUSHY, DEEP_CHAIN -> List.of(new Span(0, options.items(), false));
            case HUGE_DIRECTORY -> List.of(new Span(0, options.items(), true));
            case HUGE_FILE -> List.of(new Stretch(0, options.items()));
            case ALL_AT_ONE -> {
                List<Item> all = new ArrayList<>();
                for (int number = 0; number < options.items(); number++) {
                    all.add(new Span(number, number + 1, false));
                }
                yield all;
            }
        };
    }

    private Effects walk(Span span, SplittableRandom random) {
        int from = span.from() + 1;
        if (from == span.to()) {
            return Effects.NONE;
        }
        if (options.shape() == ClusterOptions.Shape.DEEP_CHAIN) {
            return chain(from, span.to(), random);
        }
        if (chance(random, options.listingPercent())) {
            return Effects.of(new Span(from, span.to(), true));
        }
        List<Item> children = new ArrayList<>();
        int count = random.nextInt(CHILDREN_MIN, CHILDREN_MAX + 1);
        for (int child = 1; child <= count && from < span.to(); child++) {
            int rest = span.to() - from;
            int size = child == count ? rest : Math.min(rest, 1 + random.nextInt(2 * rest / (count - child + 1) + 1));
            children.add(child(from, from + size, random));
            from += size;
        }
        return send(children, random);
    }

    private Effects chain(int from, int to, SplittableRandom random) {
        List<Item> children = new ArrayList<>();
        int next = from;
        if (random.nextInt(4) == 0 && to - from > 1) {
            children.add(new Span(from, from + 1, false));
            next++;
        }
        children.add(new Span(next, to, false));
        return send(children, random);
    }

    /** One step of a listing: a few entries and the rest. */
    private Effects list(int from, int to, SplittableRandom random) {
        int end = Math.min(to, from + random.nextInt(1, LISTED_AT_ONCE_MAX + 1));
        List<Item> children = new ArrayList<>();
        for (int number = from; number < end; number++) {
            children.add(new Span(number, number + 1, false));
        }
        Effects sent = send(children, random);
        if (end < to) {
            sent.items().add(new Span(end, to, true));
        }
        return sent;
    }

    private Item child(int from, int to, SplittableRandom random) {
        return to - from > 1 && random.nextInt(PERCENT) == 0 ? new Stretch(from, to) : new Span(from, to, false);
    }

    /** Keeps the children here, but for those that go elsewhere by notice. */
    private Effects send(List<Item> children, SplittableRandom random) {
        List<Item> here = new ArrayList<>();
        List<Notice.Addressed> elsewhere = new ArrayList<>();
        for (Item child : children) {
            if (chance(random, options.noticePercent())) {
                elsewhere.add(new Notice.Addressed(random.nextInt(options.ranks()), new Errand(child)));
            } else {
                here.add(child);
            }
        }
        return new Effects(here, elsewhere);
    }

    private void tick(int number, int rank) {
        if (done.get(number)) {
            throw new AssertionError("number " + number + " is done twice");
        }
        done.set(number);
        doneAt[rank]++;
    }

    /** After a round everything is done that began in it or before, unless the work was stopped. */
    void verifyDone(int round, String claim) {
        int due = round < TREE_ROUND ? 0 : round == TREE_ROUND ? options.items() : total();
        if (!stopped && done.nextClearBit(0) < due) {
            throw new AssertionError(claim + "number " + done.nextClearBit(0) + " not done");
        }
    }

    /** What is left to chance about an item. */
    private SplittableRandom chances(Item item, int what) {
        Interval interval = (Interval) item;
        long place = (long) interval.from() * (total() + 1) + interval.to();
        return new SplittableRandom((options.seed() * total() * (total() + 1) + place) * 3 + what);
    }

    private static boolean chance(SplittableRandom random, int percent) {
        return percent > 0 && random.nextInt(PERCENT) < percent;
    }
}

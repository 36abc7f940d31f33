package org.pcircle.circle;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.SimulatedFiles.Snapshot;

/**
 * The work of a simulated cluster and its oracles: all of it, or what was left of it when an epoch was committed. An
 * item stands for an interval of numbers: it is its first number itself and passes the others on to items that follow
 * from it, so that each number is done exactly once whatever way the work takes through the cluster. How long an item
 * takes and what follows from it depends on the seed and the item alone: the same work can be done in several ways, and
 * they be compared.
 */
final class SimulatedWork {

    static final int ROUNDS = 4;
    /** The round of the work that starts at rank 0. */
    static final int TREE_ROUND = 1;

    private static final int SPREAD_ROUND = 2;
    private static final int CHILDREN_MIN = 4;
    private static final int CHILDREN_MAX = 16;
    private static final int LISTED_AT_ONCE_MAX = 4;
    private static final int HOPS_MAX = 2;
    private static final int PERCENT = 100;
    private static final int SLOWER = 10;
    private static final int STALLED = 100;

    private final ClusterOptions options;
    private final BitSet done = new BitSet();
    private final int ranks;
    private final SimulatedFiles files;
    private final List<Snapshot> from;
    private final int firstRound;
    private final List<Snapshot> cut = new ArrayList<>();
    private boolean stopped;

    /** All of the work. */
    SimulatedWork(ClusterOptions options) {
        this(options, options.ranks(), new SimulatedFiles());
    }

    /** What is left of the work, for some ranks, which may be others than those that the options name. */
    SimulatedWork(ClusterOptions options, int ranks, SimulatedFiles files) {
        this.options = options;
        this.ranks = ranks;
        this.files = files;
        this.from = files.lastCommitted();
        this.firstRound = from.isEmpty() ? 0 : from.get(0).round();
        for (Snapshot snapshot : from) {
            snapshot.done().forEach(done::set);
        }
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

    /** Work that arrives by notice, perhaps by way of other ranks. */
    record Errand(Item item, int hops) implements Notice {}

    /** The answer to an errand that was passed on. */
    record Thanks() implements Notice {}

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

    private Effects run(Item item, List<Integer> doneHere) {
        if (item instanceof Stretch stretch) {
            for (int number = stretch.from(); number < stretch.to(); number++) {
                tick(number, doneHere);
            }
            return Effects.NONE;
        }
        Span span = (Span) item;
        SplittableRandom random = chances(item, 2);
        if (span.listing()) {
            return list(span.from(), span.to(), random);
        }
        tick(span.from(), doneHere);
        return walk(span, random);
    }

    /** How many numbers have not been done, of all rounds. */
    int missing() {
        return total() - done.cardinality();
    }

    int total() {
        return options.items() + options.ranks() * options.itemsPerRank();
    }

    /** This work at one rank. */
    Part at(int rank) {
        return new Part(rank);
    }

    /**
     * What one rank knows of the work: the rounds that it has begun, what it has done, what it has told others and
     * received of them.
     */
    final class Part implements Workload {

        private final int rank;
        private final List<Integer> done = new ArrayList<>();
        private final List<Item> restored = new ArrayList<>();
        private long begun;
        private long told;
        private long received;
        private int round;
        private int openEpoch;
        private @Nullable Snapshot snapshot;

        private Part(int rank) {
            this.rank = rank;
            for (int i = rank; i < from.size(); i += ranks) {
                Snapshot snapshot = from.get(i);
                done.addAll(snapshot.done());
                restored.addAll(snapshot.frontier());
                told += snapshot.told();
                received += snapshot.received();
            }
        }

        @Override
        public int rounds() {
            return ROUNDS;
        }

        @Override
        public int firstRound() {
            return firstRound;
        }

        @Override
        public Effects begin(int round) {
            this.round = round;
            begun++;
            verifyDone(round - 1, "round " + round + " begins with ");
            if (round == firstRound && !from.isEmpty()) {
                return Effects.of(restored);
            }
            if (round == TREE_ROUND && rank == 0) {
                return Effects.of(firstItems());
            }
            List<Item> stretches = new ArrayList<>();
            for (int i = rank; round == SPREAD_ROUND && options.itemsPerRank() > 0 && i < options.ranks(); i += ranks) {
                int from = options.items() + i * options.itemsPerRank();
                stretches.add(new Stretch(from, from + options.itemsPerRank()));
            }
            return Effects.of(stretches);
        }

        /** Does an item: ticks its own number off and says what follows. */
        Effects run(Item item) {
            Effects effects = SimulatedWork.this.run(item, done);
            told += effects.notices().size();
            return effects;
        }

        /** An errand that has further to go is passed on and answered, whatever else goes on here. */
        @Override
        public Effects receive(int from, Notice notice) {
            received++;
            if (notice instanceof Thanks) {
                return Effects.NONE;
            }
            Errand errand = (Errand) notice;
            if (errand.hops() == 0) {
                return Effects.of(errand.item());
            }
            told += 2;
            int next = (rank + errand.hops()) % ranks;
            Errand further = new Errand(errand.item(), errand.hops() - 1);
            return new Effects(
                    List.of(), List.of(new Notice.Addressed(next, further), new Notice.Addressed(from, new Thanks())));
        }

        @Override
        public long[] counters() {
            return new long[] {begun, done.size(), told, received};
        }

        @Override
        public int firstEpoch() {
            return files.committed() + 1;
        }

        @Override
        public boolean allowsEpoch(int round) {
            return SimulatedWork.this.allowsEpoch(round);
        }

        @Override
        public boolean wantsLastEpoch() {
            return options.epochNs() > 0;
        }

        @Override
        public void snapshot(int epoch, boolean stopped, List<Item> frontier) {
            if (openEpoch != 0) {
                throw new AssertionError("epoch " + epoch + " begins before the end of epoch " + openEpoch);
            }
            openEpoch = epoch;
            snapshot = new Snapshot(epoch, round, List.copyOf(done), told, received, List.copyOf(frontier));
        }

        @Override
        public void epochEnded(int epoch, boolean committed) {
            if (openEpoch != epoch) {
                throw new AssertionError("epoch " + epoch + " ends and not epoch " + openEpoch);
            }
            openEpoch = 0;
            files.forget(rank, ranks, epoch, committed);
        }

        /** The epoch of which this rank has taken a snapshot and does not know that it has ended; else 0. */
        int openEpoch() {
            return openEpoch;
        }

        /** The snapshot that has been taken since this was asked for; null if none was. */
        @Nullable
        Snapshot takeSnapshot() {
            Snapshot taken = snapshot;
            snapshot = null;
            return taken;
        }
    }

    /** A rank has taken its snapshot: with the last one of an epoch it is seen whether they fit together. */
    void note(Snapshot snapshot) {
        cut.add(snapshot);
        if (cut.size() == ranks) {
            verifyCut();
            cut.clear();
        }
    }

    SimulatedFiles files() {
        return files;
    }

    /** Whether epochs may begin in a round. */
    boolean allowsEpoch(int round) {
        return round == TREE_ROUND || round == SPREAD_ROUND;
    }

    /** The round that this run of the work began with. */
    int firstRound() {
        return firstRound;
    }

    /** How many numbers have been done. */
    int done() {
        return done.cardinality();
    }

    /**
     * The snapshots of an epoch hold each number that there is work for once, done or to be done, and no notice is
     * under way.
     */
    private void verifyCut() {
        int round = cut.get(0).round();
        BitSet held = new BitSet();
        long underWay = 0;
        for (Snapshot snapshot : cut) {
            if (snapshot.round() != round) {
                throw new AssertionError("an epoch of the rounds " + round + " and " + snapshot.round());
            }
            underWay += snapshot.told() - snapshot.received();
            snapshot.done().forEach(number -> hold(held, number, number + 1));
            for (Item item : snapshot.frontier()) {
                hold(held, ((Interval) item).from(), ((Interval) item).to());
            }
        }
        if (!allowsEpoch(round)) {
            throw new AssertionError("an epoch of round " + round);
        }
        if (held.cardinality() != due(round)) {
            throw new AssertionError("number " + held.nextClearBit(0) + " is in no snapshot");
        }
        if (underWay != 0) {
            throw new AssertionError(underWay + " notices are in no snapshot");
        }
    }

    private static void hold(BitSet held, int from, int to) {
        if (!held.get(from, to).isEmpty()) {
            throw new AssertionError("one of the numbers from " + from + " to " + to + " is in the snapshots twice");
        }
        held.set(from, to);
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
                int to = random.nextInt(options.ranks()) % ranks;
                elsewhere.add(new Notice.Addressed(to, new Errand(child, random.nextInt(HOPS_MAX + 1))));
            } else {
                here.add(child);
            }
        }
        return new Effects(here, elsewhere);
    }

    private void tick(int number, List<Integer> doneHere) {
        if (done.get(number)) {
            throw new AssertionError("number " + number + " is done twice");
        }
        done.set(number);
        doneHere.add(number);
    }

    /** After a round everything is done that began in it or before, unless the work was stopped. */
    void verifyDone(int round, String claim) {
        if (!stopped && done.nextClearBit(0) < due(round)) {
            throw new AssertionError(claim + "number " + done.nextClearBit(0) + " not done");
        }
    }

    /** How many numbers there are in a round and those before. */
    private int due(int round) {
        return round < TREE_ROUND ? 0 : round == TREE_ROUND ? options.items() : total();
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

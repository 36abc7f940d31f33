package org.pcircle.circle;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A simulated cluster, its work and its misfortunes. With its seed it determines a run to the last event.
 *
 * @param ranksPerHost consecutive ranks that share a host
 * @param workers per rank
 * @param shape of the work that starts at rank 0
 * @param items of that work
 * @param itemsPerRank of the round that starts everywhere
 * @param latencyNsMin of a message, the shortest
 * @param latencyNsMax of a message, the longest; between two ranks they keep their order, else they overtake one
 *     another
 * @param latePercent of the messages, which take a hundred times as long, and hold up those behind them
 * @param pollNsMax how long a loop with nothing to do sleeps at the most before it looks for messages; 0: it never
 *     sleeps
 * @param itemNsMin that an item takes, the shortest
 * @param itemNsMax that an item takes, the longest
 * @param slowPercent of the ranks, whose items take ten times as long
 * @param stallPercent of the items, which take a hundred times as long: a system call that hangs
 * @param hangNs what the last number takes beyond that: one system call that hangs for long
 * @param noticePercent of the items that go to another rank by notice
 * @param listingPercent of the items that go on as listings
 * @param stopAtNs when some rank says stop; never if negative
 * @param epochNs from one epoch to the next, if it can begin then; 0: there are none
 * @param writeNsMax how long it takes a rank to write its file of an epoch, the longest
 * @param writeFailPercent of these files, which cannot be written
 * @param losses how often all ranks may die before the work is done
 */
record ClusterOptions(
        long seed,
        int ranks,
        int ranksPerHost,
        int workers,
        Shape shape,
        int items,
        int itemsPerRank,
        long latencyNsMin,
        long latencyNsMax,
        int latePercent,
        long pollNsMax,
        long itemNsMin,
        long itemNsMax,
        int slowPercent,
        int stallPercent,
        long hangNs,
        int noticePercent,
        int listingPercent,
        long stopAtNs,
        long epochNs,
        long writeNsMax,
        int writeFailPercent,
        int losses) {

    /** How work follows from work. */
    enum Shape {
        /** Directories of a few to some dozen entries. */
        BUSHY,
        /** One directory with all entries, listed bit by bit. */
        HUGE_DIRECTORY,
        /** One file, which can be cut anywhere. */
        HUGE_FILE,
        /** Each directory holds one other, and now and then a file. */
        DEEP_CHAIN,
        /** Everything is there from the start, at one rank. */
        ALL_AT_ONE
    }

    /** A small cluster with anything that may happen to one. */
    static ClusterOptions small(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Shape[] shapes = Shape.values();
        int ranks = random.nextInt(2, 17);
        int items = 1 + random.nextInt(1 << random.nextInt(10));
        long latencyNsMin = 1 + random.nextLong(1 << random.nextInt(4, 18));
        long itemNsMin = 1 + random.nextLong(1 << random.nextInt(4, 20));
        long itemNsMax = itemNsMin + random.nextLong(1 << random.nextInt(4, 24));
        return new ClusterOptions(
                seed,
                ranks,
                1 + random.nextInt(ranks),
                random.nextInt(1, 4),
                random.nextBoolean() ? Shape.BUSHY : shapes[random.nextInt(shapes.length)],
                items,
                random.nextInt(3),
                latencyNsMin,
                latencyNsMin + random.nextLong(1 << random.nextInt(4, 18)),
                random.nextInt(4) == 0 ? random.nextInt(10) : 0,
                random.nextBoolean() ? 1_000_000 : 0,
                itemNsMin,
                itemNsMax,
                random.nextInt(4) == 0 ? random.nextInt(50) : 0,
                random.nextInt(4) == 0 ? random.nextInt(5) : 0,
                0,
                random.nextInt(3) == 0 ? random.nextInt(50) : 0,
                random.nextInt(2) == 0 ? random.nextInt(50) : 0,
                random.nextInt(10) == 0 ? random.nextLong(1 + items * itemNsMax / 4) : -1,
                random.nextInt(2) == 0 ? 1 + random.nextLong(1 << random.nextInt(10, 26)) : 0,
                random.nextLong(1 << random.nextInt(4, 22)),
                random.nextInt(4) == 0 ? random.nextInt(20) : 0,
                random.nextInt(2) == 0 ? random.nextInt(4) : 0);
    }

    /** A large, healthy cluster: messages of 2 to 20 µs, items of 1 to 20 ms, all work at rank 0 at first. */
    static ClusterOptions large(long seed, int ranks, int itemsPerRank, long pollNsMax) {
        return large(seed, ranks, itemsPerRank, pollNsMax, 0);
    }

    /**
     * The same, and one item hangs, soon after the beginning and at rank 0: the last numbers are what it does first.
     */
    static ClusterOptions large(long seed, int ranks, int itemsPerRank, long pollNsMax, long hangNs) {
        return new ClusterOptions(
                seed,
                ranks,
                16,
                1,
                Shape.BUSHY,
                ranks * itemsPerRank,
                0,
                2_000,
                20_000,
                0,
                pollNsMax,
                1_000_000,
                20_000_000,
                0,
                0,
                hangNs,
                0,
                0,
                -1,
                0,
                0,
                0,
                0);
    }

    /** Reads what {@link #toString} writes. */
    static ClusterOptions parse(String text) {
        String[] values =
                text.substring(text.indexOf('[') + 1, text.lastIndexOf(']')).split(", ");
        return make(component -> {
            String value = Arrays.stream(values)
                    .filter(one -> one.startsWith(component.getName() + "="))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(component.getName() + " is missing: " + text));
            String given = value.substring(value.indexOf('=') + 1);
            return component.getType() == Shape.class ? Shape.valueOf(given) : number(component, Long.parseLong(given));
        });
    }

    /** The value of a component that is a number. */
    long get(String name) {
        return Arrays.stream(ClusterOptions.class.getRecordComponents())
                .filter(component -> component.getName().equals(name))
                .mapToLong(component -> ((Number) valueOf(component)).longValue())
                .findFirst()
                .orElseThrow();
    }

    /** These options with another value of a component that is a number. */
    ClusterOptions with(String name, long value) {
        return make(component -> component.getName().equals(name) ? number(component, value) : valueOf(component));
    }

    /** Whether the shortest times are no longer than the longest. */
    boolean isPossible() {
        return latencyNsMin <= latencyNsMax && itemNsMin <= itemNsMax;
    }

    private Object valueOf(RecordComponent component) {
        try {
            return component.getAccessor().invoke(this);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without its parts", e);
        }
    }

    private static Object number(RecordComponent component, long value) {
        return component.getType() == int.class ? (Object) Math.toIntExact(value) : (Object) value;
    }

    private static ClusterOptions make(Function<RecordComponent, Object> values) {
        RecordComponent[] components = ClusterOptions.class.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return ClusterOptions.class
                    .getDeclaredConstructor(types)
                    .newInstance(Arrays.stream(components).map(values).toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record without its parts", e);
        }
    }
}

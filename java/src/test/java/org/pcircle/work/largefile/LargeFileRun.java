package org.pcircle.work.largefile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;

/** Runs the items of one large file, one after another, until none is left, and settles its ranges as its owner does. */
final class LargeFileRun {

    static final long KIB = 1 << 10;
    static final long MIB = 1 << 20;

    /** The rank of the worker. */
    static final int RANK = 5;

    /** The owner of {@link org.pcircle.work.Samples#largeFile}. */
    static final int OWNER = 3;

    final FileSum sum = new FileSum(Algorithm.XXH64);
    final List<Fault> faults = new ArrayList<>();
    final long[] counters = new long[Counter.COUNT];
    long settledBytes;
    IntervalSet remaining = new IntervalSet(0, 0);

    private final MemoryLargeFile open;
    private final Function<CopyRange, @Nullable LeafCollector> collectors;
    private final @Nullable Hasher verifier;
    private final boolean signs;
    private final Deque<Item> items = new ArrayDeque<>();

    /**
     * One run.
     *
     * @param collectors a new one for each range
     * @param verifier null: nothing is verified
     */
    LargeFileRun(
            MemoryLargeFile open,
            Function<CopyRange, @Nullable LeafCollector> collectors,
            @Nullable Hasher verifier,
            boolean signs) {
        this.open = open;
        this.collectors = collectors;
        this.verifier = verifier;
        this.signs = signs;
    }

    void copy(LargeFile file) {
        remaining = new IntervalSet(0, file.bytes());
        items.add(new CopyRange(file, 0, file.bytes()));
        while (!items.isEmpty()) {
            ItemResult result = new ItemResult();
            run(items.removeLast(), result);
            items.addAll(result.spawned);
            result.notices.forEach(told -> apply(told.notice()));
            for (int i = 0; i < counters.length; i++) {
                counters[i] += result.counters[i];
            }
        }
    }

    private void run(Item item, ItemResult result) {
        if (item instanceof CopyRange range) {
            Item.Cut cut = range.cutForWorker();
            if (cut.left() != null) {
                items.addFirst(cut.left());
            }
            CopyRange taken = (CopyRange) cut.taken();
            taken.run(collectors.apply(taken), open, result);
        } else if (item instanceof VerifyRange range && verifier != null) {
            range.run(verifier, signs, open, result);
        } else {
            throw new IllegalStateException("nobody runs " + item);
        }
    }

    private void apply(Notice notice) {
        if (notice instanceof RangeFlushed range) {
            items.addLast(new VerifyRange(
                    range.file(), range.from(), range.to(), RANK, false, range.again(), range.digests()));
        } else if (notice instanceof RangeDone range) {
            settledBytes += range.to() - range.from();
            remaining.subtract(range.from(), range.to());
            if (range.fault() != null) {
                faults.add(range.fault());
            }
            if (range.sum() != null) {
                sum.add(range.sum());
            }
        } else {
            throw new IllegalStateException("nobody hears " + notice);
        }
    }

    /** What owners are told. */
    static List<RangeDone> done(ItemResult result) {
        List<RangeDone> done = new ArrayList<>();
        for (Notice.Addressed told : result.notices) {
            if (told.notice() instanceof RangeDone range) {
                done.add(range);
            }
        }
        return done;
    }

    static String path(Fault fault) {
        return new String(fault.path(), UTF_8);
    }

    static byte[] digestOf(MemoryFile content, long bytes, Hasher hasher) {
        ByteBuffer all = ByteBuffer.allocate((int) bytes);
        content.read(0, (int) bytes, all);
        return FileSum.digest(all, 0, (int) bytes, hasher);
    }
}

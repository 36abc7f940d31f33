package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.digest.Leaf;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.SourceFile;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * The bytes {@code [from, to)} of a large file, to be copied, or only to be read for the signature. A range is cut at
 * chunk boundaries: a worker takes the first chunk, a thief the back half, so that each worker copies one contiguous
 * run. Of a range of many chunks, which may be mostly holes, a worker takes more, skips the holes, and gives the rest
 * back after one chunk of data.
 *
 * @param again whether this is the second copy, after verification found a mismatch
 */
public record CopyRange(LargeFile file, long from, long to, boolean again) implements WorkItem, Item.Splittable {

    /** A worker takes at least a chunk, and at least this fraction of a range. */
    private static final int FRONTS = 64;

    /** A range that is copied for the first time. */
    public CopyRange(LargeFile file, long from, long to) {
        this(file, from, to, false);
    }

    /** Not saved: it follows from the remaining set of its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        long done = 0;
        @Nullable Fault fault = null;
        @Nullable LeafCollector seen = LeafCollector.of(bench, from);
        try {
            if (seen == null) {
                done = copy(bench);
            } else {
                done = take(seen, bench);
                seen.addLeavesOf(file, bench, result);
                result.count(Counter.BYTES, file.target() == LargeFile.Target.FILLED || again ? 0 : done);
            }
        } catch (FileException e) {
            if (bench.context().gaveUp(e)) {
                result.spawned.add(this);
                return;
            }
            fault = bench.roots().fault(file.root(), file.path(), file.record(), e);
            if (e.isDestinationFull()) {
                result.full(fault);
                result.spawned.add(this);
                return;
            }
        }
        long copied = bench.context().takeBytes();
        result.count(Counter.BYTES, copied);
        boolean goesOn = fault == null && (done > 0 || bench.context().isStopped()); // else the source has ended
        long settled = goesOn ? from + done : to;
        if (fault != null) {
            result.count(Counter.PASSED_BYTES, Math.max(0, settled - from - copied));
        }
        if (settled < to) {
            result.spawned.add(new CopyRange(file, settled, to, again));
        }
        if (settled > from) {
            settle(settled, fault, seen, bench, result);
        }
    }

    /** Reports the range up to an offset: it has failed, is to be verified, or is done. */
    private void settle(
            long end, @Nullable Fault fault, @Nullable LeafCollector seen, WorkerContext bench, ItemResult result) {
        if (fault == null && seen != null && seen.digests() != null) {
            result.tell(bench.rank(), new RangeFlushed(file, from, end, again, seen.digests()));
            return;
        }
        RangeDone notice =
                new RangeDone(file.number(), from, end, fault, fault == null && seen != null ? seen.sum() : null);
        result.tell(file.owner(), notice);
    }

    private long copy(WorkerContext bench) throws FileException {
        try (Directory source = bench.roots().openSource(file.root(), file.directory());
                Directory target = bench.roots().openTarget(file.root(), file.directory())) {
            byte[] temporaryName = file.temporaryName(bench.plan());
            return source.copyRange(
                    file.name(),
                    target,
                    temporaryName,
                    from,
                    to - from,
                    file.chunkBytes(),
                    bench.context(),
                    bench.io());
        }
    }

    /** Skips a hole, or copies leaf by leaf and collects each leaf. Returns how many bytes of the range are done. */
    private long take(LeafCollector seen, WorkerContext bench) throws FileException {
        try (SourceFile source = open(bench)) {
            long end = seen.endMax(from, to);
            long hole = seen.passesHoles() ? Leaf.floor(source.nextData(from, seen.holeEndMax(from, to))) : from;
            boolean isHole = hole > from && hole >= Leaf.floor(end);
            if (again) {
                source.clear(from, (isHole ? hole : end) - from);
            }
            return isHole ? hole - from : takeLeaves(source, end, seen, bench);
        }
    }

    /** Copies at most one chunk of data, and of holes as many leaves as are hashed in a short time. */
    private long takeLeaves(SourceFile source, long end, LeafCollector seen, WorkerContext bench) throws FileException {
        long at = from;
        long endOfHole = seen.holeEndMax(at, end);
        for (long data = 0;
                at < end && data < file.chunkBytes() && !bench.context().isStopped(); ) {
            long hole = Leaf.floor(source.nextData(at, endOfHole));
            if (at < hole) {
                seen.addZeros(at, hole);
                at = hole;
                if (at == endOfHole) {
                    break;
                }
            } else {
                int bytes = (int) Math.min(end - at, Leaf.BYTES);
                int got = source.take(at, bytes, bench.io());
                if (got < bytes) {
                    bench.io().put(got, new byte[bytes - got]); // as in the target
                }
                seen.add(at, bench.io(), bytes);
                at += bytes;
                data += bytes;
            }
        }
        return at - from;
    }

    /** Opens the source, and the target with it if the data is to be written. */
    private SourceFile open(WorkerContext bench) throws FileException {
        try (Directory source = bench.roots().openSource(file.root(), file.directory())) {
            if (file.target() != LargeFile.Target.GROWING && !again) {
                return source.source(file.name(), bench.context());
            }
            try (Directory target = bench.roots().openTarget(file.root(), file.directory())) {
                return source.pair(file.name(), target, file.temporaryName(bench.plan()), bench.context());
            }
        }
    }

    @Override
    public Item.Cut cutForWorker() {
        return cut(Math.min(to, nextBoundary(from + (to - from) / FRONTS)), true);
    }

    @Override
    public Item.Cut cutForThief() {
        return cut(Math.min(to, nextBoundary(from + (to - from) / 2 - 1)), false);
    }

    /**
     * The first range boundary at or behind the next chunk boundary after an offset; a multiple of the leaf where
     * leaves are hashed.
     */
    private long nextBoundary(long offset) {
        long chunk = offset / file.chunkBytes();
        if (chunk >= Long.MAX_VALUE / file.chunkBytes()) {
            return to;
        }
        long boundary = (chunk + 1) * file.chunkBytes();
        long place = file.cuts().next(boundary);
        return boundary % Leaf.BYTES == 0 ? Leaf.ceiling(place) : place;
    }

    private Item.Cut cut(long at, boolean takeFront) {
        if (at >= to) {
            return new Item.Cut(this, null);
        }
        CopyRange front = new CopyRange(file, from, at, again);
        CopyRange back = new CopyRange(file, at, to, again);
        return takeFront ? new Item.Cut(front, back) : new Item.Cut(back, front);
    }

    @Override
    public long dataBytes() {
        return to - from;
    }

    @Override
    public long entries() {
        return 0;
    }

    @Override
    public int encodedBytes() {
        return 2 + file.encodedBytes() + 2 * Long.BYTES;
    }

    @Override
    public void write(ByteBuffer target) {
        file.write(target);
        target.putLong(from).putLong(to);
        Wire.writeFlag(again, target);
    }

    public static CopyRange read(ByteBuffer source) {
        return new CopyRange(LargeFile.read(source), source.getLong(), source.getLong(), Wire.readFlag(source));
    }
}

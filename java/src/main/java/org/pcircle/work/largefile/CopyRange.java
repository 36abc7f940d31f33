package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.digest.Leaf;
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
    public void run(WorkerContext worker, ItemResult result) {
        run(LeafCollector.of(worker, from), new WorkerLargeFile(file, worker), result);
    }

    /** @param seen collects the leaves; null if none are hashed */
    void run(@Nullable LeafCollector seen, LargeFileContext open, ItemResult result) {
        long done = 0;
        @Nullable Fault fault = null;
        try {
            if (seen == null) {
                done = open.copyRange(from, to);
            } else {
                done = take(seen, open);
                if (seen.runs() != null) {
                    open.addLeaves(seen.runs(), result);
                }
                result.count(Counter.BYTES, file.target() == LargeFile.Target.FILLED || again ? 0 : done);
            }
        } catch (FileException e) {
            if (open.gaveUp(e)) {
                giveBack(open, result);
                return;
            }
            fault = open.fault(e);
            if (e.isDestinationFull()) {
                result.full(fault);
                giveBack(open, result);
                return;
            }
        }
        long copied = open.takeBytes();
        result.count(Counter.BYTES, copied);
        boolean goesOn = fault == null && (done > 0 || open.isStopped()); // else the source has ended
        long settled = goesOn ? from + done : to;
        if (fault != null) {
            result.count(Counter.PASSED_BYTES, Math.max(0, settled - from - copied));
        }
        if (settled < to) {
            result.spawned.add(new CopyRange(file, settled, to, again));
        }
        if (settled > from) {
            settle(settled, fault, seen, open, result);
        }
    }

    /** Reports the range up to an offset: it has failed, is to be verified, or is done. */
    private void settle(
            long end, @Nullable Fault fault, @Nullable LeafCollector seen, LargeFileContext open, ItemResult result) {
        if (fault == null && seen != null && seen.digests() != null) {
            result.tell(open.rank(), new RangeFlushed(file, from, end, again, seen.digests()));
            return;
        }
        RangeDone notice =
                new RangeDone(file.number(), from, end, fault, fault == null && seen != null ? seen.sum() : null);
        result.tell(file.owner(), notice);
    }

    /** Skips a hole, or copies leaf by leaf and collects each leaf. Returns how many bytes of the range are done. */
    private long take(LeafCollector seen, LargeFileContext open) throws FileException {
        boolean writes = file.target() == LargeFile.Target.GROWING || again;
        try (SourceFile source = open.source(writes)) {
            long end = seen.endMax(from, to);
            long hole = seen.passesHoles() ? Leaf.floor(source.nextData(from, seen.holeEndMax(from, to))) : from;
            boolean isHole = hole > from && hole >= Leaf.floor(end);
            if (again) {
                source.clear(from, (isHole ? hole : end) - from);
            }
            return isHole ? hole - from : takeLeaves(source, end, seen, open);
        }
    }

    /** Copies at most one chunk of data, and of holes as many leaves as are hashed in a short time. */
    private long takeLeaves(SourceFile source, long end, LeafCollector seen, LargeFileContext open)
            throws FileException {
        long at = from;
        long endOfHole = seen.holeEndMax(at, end);
        for (long data = 0; at < end && data < file.chunkBytes() && !open.isStopped(); ) {
            long hole = Leaf.floor(source.nextData(at, endOfHole));
            if (at < hole) {
                seen.addZeros(at, hole);
                at = hole;
                if (at == endOfHole) {
                    break;
                }
            } else {
                int bytes = (int) Math.min(end - at, Leaf.BYTES);
                int got = source.take(at, bytes, open.io());
                if (got < bytes) {
                    open.io().put(got, new byte[bytes - got]); // as in the target
                }
                seen.add(at, open.io(), bytes);
                at += bytes;
                data += bytes;
            }
        }
        return at - from;
    }

    @Override
    public Item.Cut cutForWorker() {
        return cut(Math.min(to, nextBoundary(from + (to - from) / FRONTS)), true);
    }

    /** The range is copied once more as a whole: what was copied of it counts then. */
    private void giveBack(LargeFileContext open, ItemResult result) {
        open.takeBytes();
        result.spawned.add(this);
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
        if (at <= from || at >= to) {
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

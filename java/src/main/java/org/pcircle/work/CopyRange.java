package org.pcircle.work;

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

/**
 * The bytes {@code [from, to)} of a large file, to be copied, or only to be read for the signature. It is cut on chunk boundaries: a worker
 * takes the first chunk, a thief the back half, so that each worker keeps to one contiguous run. Of a range of many chunks, which may be a
 * hole for the most part, a worker takes more, passes over the holes, and gives back what is left when it has done as much data as a chunk has.
 *
 * @param again whether they were copied before, and found to be something else when they were read back
 */
record CopyRange(LargeFile file, long from, long to, boolean again) implements WorkItem, Item.Splittable {

    /** What a worker takes is no less than a chunk, and no less than one part in so many of a range. */
    private static final int FRONTS = 64;

    /** To be copied for the first time. */
    CopyRange(LargeFile file, long from, long to) {
        this(file, from, to, false);
    }

    /** It follows from what is left of its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(Workbench bench, Result result) {
        long done = 0;
        @Nullable Fault fault = null;
        @Nullable SeenLeaves seen = SeenLeaves.of(bench, from);
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

    /** The range up to here has failed, or is to be verified, or is done. */
    private void settle(long end, @Nullable Fault fault, @Nullable SeenLeaves seen, Workbench bench, Result result) {
        if (fault == null && seen != null && seen.digests() != null) {
            result.tell(bench.rank(), new RangeFlushed(file, from, end, again, seen.digests()));
            return;
        }
        RangeDone notice =
                new RangeDone(file.number(), from, end, fault, fault == null && seen != null ? seen.sum() : null);
        result.tell(file.owner(), notice);
    }

    private long copy(Workbench bench) throws FileException {
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

    /** Passes over a hole, or takes leaf by leaf and has each seen. Returns how much of the range is done. */
    private long take(SeenLeaves seen, Workbench bench) throws FileException {
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

    /** Takes as much data as a worker copies at a time, and of holes as much as is signed in a moment. */
    private long takeLeaves(SourceFile source, long end, SeenLeaves seen, Workbench bench) throws FileException {
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
                    bench.io().put(got, new byte[bytes - got]); // as the target has it
                }
                seen.add(at, bench.io(), bytes);
                at += bytes;
                data += bytes;
            }
        }
        return at - from;
    }

    /** The source, and the target with it if that needs the data. */
    private SourceFile open(Workbench bench) throws FileException {
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

    /** The first good place to cut at or behind the chunk boundary beyond an offset; whole leaves where they are digested. */
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

    static CopyRange read(ByteBuffer source) {
        return new CopyRange(LargeFile.read(source), source.getLong(), source.getLong(), Wire.readFlag(source));
    }
}

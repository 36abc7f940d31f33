package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafRuns;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.SourceFile;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/**
 * The bytes {@code [from, to)} of a large file, to be copied, or only to be read for the signature. It is cut on chunk boundaries: a worker takes the first chunk, a thief the
 * back half, so that each worker keeps to one contiguous run.
 */
record CopyRange(LargeFile file, long from, long to) implements WorkItem, Item.Splittable {

    @Override
    public void run(Workbench bench, Result result) {
        long done = 0;
        @Nullable Fault fault = null;
        @Nullable FileSum sum = null;
        Signing signing = bench.signing();
        try {
            if (signing == null) {
                done = copy(bench);
            } else {
                sum = signing.newSum();
                LeafRuns leaves = signing.newLeaves(from);
                done = sumLeaves(sum, leaves, signing, bench);
                signing.addLeaves(file, leaves, result);
                result.count(Counter.BYTES, file.target() == LargeFile.Target.FILLED ? 0 : done);
            }
        } catch (FileException e) {
            fault = bench.roots().fault(file.root(), file.path(), e);
            if (Errno.isFull(e.errno())) {
                result.full(fault);
                result.spawned.add(this);
                return;
            }
        }
        long copied = bench.context().takeBytes();
        result.count(Counter.BYTES, copied);
        if (fault != null) {
            result.count(Counter.PASSED_BYTES, Math.max(0, to - from - copied));
        }
        boolean stopped = fault == null && from + done < to && bench.context().isStopped();
        if (stopped) {
            result.spawned.add(new CopyRange(file, from + done, to));
        }
        long end = stopped ? from + done : to;
        if (end > from) {
            RangeDone notice = new RangeDone(file.number(), from, end, fault, fault == null ? sum : null);
            result.notices.add(new Notice.Addressed(file.owner(), notice));
        }
    }

    private long copy(Workbench bench) throws FileException {
        try (Directory source = bench.roots().openSource(file.root(), file.directory());
                Directory target = bench.roots().openTarget(file.root(), file.directory())) {
            byte[] temporaryName = file.temporaryName(bench.plan());
            return source.copyRange(file.name(), target, temporaryName, from, to - from, bench.context(), bench.io());
        }
    }

    /** Takes leaf by leaf, but for holes, and adds the leaves to a sum. Returns how much of the range is done. */
    private long sumLeaves(FileSum sum, @Nullable LeafRuns leaves, Signing signing, Workbench bench)
            throws FileException {
        try (SourceFile source = open(bench)) {
            long at = from;
            while (at < to && !bench.context().isStopped()) {
                long hole = Leaf.floor(source.nextData(at, to));
                if (at < hole) {
                    signing.addZeros(sum, leaves, at, hole);
                    at = hole;
                } else {
                    int bytes = (int) Math.min(to - at, Leaf.BYTES);
                    int got = source.take(at, bytes, bench.io());
                    signing.addLeaf(sum, leaves, at, bench.io(), got, bytes);
                    at += bytes;
                }
            }
            return at - from;
        }
    }

    /** The source, and the target with it if that needs the data. */
    private SourceFile open(Workbench bench) throws FileException {
        try (Directory source = bench.roots().openSource(file.root(), file.directory())) {
            if (file.target() != LargeFile.Target.GROWING) {
                return source.source(file.name(), bench.context());
            }
            try (Directory target = bench.roots().openTarget(file.root(), file.directory())) {
                return source.pair(file.name(), target, file.temporaryName(bench.plan()), bench.context());
            }
        }
    }

    @Override
    public Item.Cut cutForWorker() {
        return cut(Math.min(to, nextBoundary(from)), true);
    }

    @Override
    public Item.Cut cutForThief() {
        return cut(Math.min(to, nextBoundary(from + (to - from) / 2 - 1)), false);
    }

    /** The first good place to cut at or behind the chunk boundary beyond an offset; whole leaves where they are signed. */
    private long nextBoundary(long offset) {
        long boundary = (offset / file.chunkBytes() + 1) * file.chunkBytes();
        long place = file.cuts().next(boundary);
        return boundary % Leaf.BYTES == 0 ? Leaf.ceiling(place) : place;
    }

    private Item.Cut cut(long at, boolean takeFront) {
        if (at >= to) {
            return new Item.Cut(this, null);
        }
        CopyRange front = new CopyRange(file, from, at);
        CopyRange back = new CopyRange(file, at, to);
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
        return 1 + file.encodedBytes() + 2 * Long.BYTES;
    }

    @Override
    public void write(ByteBuffer target) {
        target.put(WorkCodec.COPY_RANGE);
        file.write(target);
        target.putLong(from).putLong(to);
    }

    static CopyRange read(ByteBuffer source) {
        return new CopyRange(LargeFile.read(source), source.getLong(), source.getLong());
    }
}

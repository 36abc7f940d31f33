package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafDigests;
import org.pcircle.fs.FileException;
import org.pcircle.fs.VerifyFile;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Verifies the bytes {@code [from, to)} of a large file, which are written and flushed: reads them back and compares
 * them with the digests of the source. A mismatch is copied once more; after the second copy it is a fault. The file's
 * owner is told about right ranges and faults.
 *
 * @param from start of a leaf
 * @param writer the rank that has written the range
 * @param isSent whether the writer has sent this to another rank, and waits for the reply
 * @param again whether this was the second copy
 * @param digests of the leaves; none if the range is a hole
 */
public record VerifyRange(
        LargeFile file, long from, long to, int writer, boolean isSent, boolean again, LeafDigests digests)
        implements WorkItem {

    /** Not saved: a range that is not verified is copied again. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        boolean signs = worker.digester() != null;
        run(worker.verifier(), signs, new WorkerLargeFile(file, worker), result);
    }

    /** @param signs whether the owner wants the sum of the leaves for the signature */
    void run(Hasher hasher, boolean signs, LargeFileContext open, ItemResult result) {
        long done = from;
        @Nullable Fault fault = null;
        try (VerifyFile target = open.readBack()) {
            Comparer comparer = new Comparer(target, open.io(), hasher);
            while (done < to && !open.isStopped()) {
                long end = comparer.endOfRun(done);
                if (comparer.isRight()) {
                    settleRight(done, end, signs ? sum(done, end, hasher) : null, open, result);
                } else {
                    settleWrong(done, end, open, result);
                }
                done = end;
            }
            if (target.isInMemory()) {
                result.count(Counter.UNPROVEN, 1);
            }
        } catch (FileException e) {
            fault = open.gaveUp(e) ? null : open.fault(e);
        }
        if (fault != null) {
            tellOwner(new RangeDone(file.number(), done, to, fault, null), result);
        } else if (done < to) {
            result.spawned.add(part(done, to));
        }
        if (isSent) {
            result.tell(writer, new VerifyReply());
        }
    }

    /** Reports a run of leaves that are all right. */
    private void settleRight(long start, long end, @Nullable FileSum sum, LargeFileContext open, ItemResult result) {
        result.count(Counter.VERIFIED, end - start);
        result.count(Counter.VERIFIED_FOR_OTHERS, writer == open.rank() ? 0 : end - start);
        result.count(Counter.REPAIRED, again ? 1 : 0);
        tellOwner(new RangeDone(file.number(), start, end, null, sum), result);
    }

    /** Has a run of leaves that are all wrong copied once more; reports it if that has been done. */
    private void settleWrong(long start, long end, LargeFileContext open, ItemResult result) {
        if (!again) {
            result.spawned.add(new CopyRange(file, start, end, true));
            return;
        }
        result.count(Counter.MISMATCHES, 1);
        Fault mismatch = Fault.mismatch(open.shownTarget(), start, end);
        tellOwner(new RangeDone(file.number(), start, end, mismatch, null), result);
    }

    private void tellOwner(RangeDone done, ItemResult result) {
        result.tell(file.owner(), done);
    }

    /** The sum of leaves for the signature. */
    private FileSum sum(long start, long end, Hasher hasher) {
        FileSum sum = new FileSum(hasher.algorithm());
        if (isHole()) {
            sum.addZeros(Leaf.index(start), Leaf.index(end), hasher);
        } else {
            sum.addLeaves(Leaf.index(start), digests.range(leaf(start), leaf(end)), hasher);
        }
        return sum;
    }

    private boolean isHole() {
        return digests.count() == 0;
    }

    /** The index in this range of the leaf at an offset; the number of leaves for the end. */
    private int leaf(long offset) {
        return (int) Leaf.count(offset - from);
    }

    private VerifyRange part(long start, long end) {
        LeafDigests left = isHole() ? digests : digests.range(leaf(start), leaf(end));
        return new VerifyRange(file, start, end, writer, false, again, left);
    }

    /** This item, to be run by another rank than the writer. */
    public VerifyRange sent() {
        return new VerifyRange(file, from, to, writer, true, again, digests);
    }

    /** Reads the target, one buffer at a time, and compares leaves. */
    private final class Comparer {

        private static final long RUN_BYTES_MAX = 16 << 20;

        private final VerifyFile target;
        private final ByteBuffer io;
        private final Hasher hasher;

        /** The bytes of the file that {@link #io} holds. */
        private long held;

        private long heldEnd;
        private boolean isRight;

        Comparer(VerifyFile target, ByteBuffer io, Hasher hasher) {
            this.target = target;
            this.io = io;
            this.hasher = hasher;
        }

        /** Whether the leaves of the last run are right. */
        boolean isRight() {
            return isRight;
        }

        /**
         * The end of a run of leaves that are all right or all wrong, from an offset on; more of the same may follow.
         */
        long endOfRun(long start) throws FileException {
            long hole = VerifyRange.this.isHole() ? Leaf.floor(target.nextData(start, to)) : start;
            if (hole > start) {
                isRight = true;
                return hole;
            }
            isRight = isLeafRight(start);
            long end = endOfLeaf(start);
            while (end < to && end - start < RUN_BYTES_MAX && isLeafRight(end) == isRight) {
                end = endOfLeaf(end);
            }
            return end;
        }

        private long endOfLeaf(long start) {
            return to - start > Leaf.BYTES ? start + Leaf.BYTES : to;
        }

        private boolean isLeafRight(long start) throws FileException {
            int bytes = (int) (endOfLeaf(start) - start);
            if (start >= heldEnd || start < held) {
                if (bytes == Leaf.BYTES && isHoleAt(start) && isOfZeros(start)) {
                    return true;
                }
                int wanted = (int) Math.min(Leaf.floor(io.capacity()), to - start);
                held = start;
                heldEnd = start + target.read(io, wanted, start);
            }
            return start + bytes <= heldEnd && isAsRead(start, (int) (start - held), bytes);
        }

        private boolean isAsRead(long start, int at, int bytes) {
            return VerifyRange.this.isHole()
                    ? hasher.isLeafOfZeros(io, at, bytes)
                    : digests.isOf(leaf(start), io, at, bytes, hasher);
        }

        private boolean isOfZeros(long start) {
            return VerifyRange.this.isHole() || digests.isOfZeros(leaf(start), hasher);
        }

        private boolean isHoleAt(long start) throws FileException {
            return target.nextData(start, start + Leaf.BYTES) == start + Leaf.BYTES;
        }
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
        return 4 + file.encodedBytes() + 2 * Long.BYTES + 2 * Integer.BYTES + digests.encodedBytes();
    }

    @Override
    public void write(ByteBuffer target) {
        file.write(target);
        target.putLong(from).putLong(to).putInt(writer);
        Wire.writeFlag(isSent, target);
        Wire.writeFlag(again, target);
        Wire.writeConstantOrNone(digests.algorithm(), target);
        target.putInt(digests.count());
        digests.write(target);
    }

    public static VerifyRange read(ByteBuffer source) {
        return new VerifyRange(
                LargeFile.read(source),
                source.getLong(),
                source.getLong(),
                source.getInt(),
                Wire.readFlag(source),
                Wire.readFlag(source),
                readDigests(source));
    }

    private static LeafDigests readDigests(ByteBuffer source) {
        Algorithm algorithm = Wire.readConstantOrNone(Algorithm.values(), source);
        if (algorithm == null) {
            throw new MalformedMessageException("digests of no algorithm");
        }
        int count = Wire.readCount(source, algorithm.leafDigestBytes());
        return LeafDigests.read(algorithm, count, source);
    }
}

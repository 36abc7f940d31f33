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
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.VerifyFile;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;
import org.pcircle.work.EntryDigester;
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
    public void run(WorkerContext bench, ItemResult result) {
        long done = from;
        @Nullable Fault fault = null;
        try (Directory directory = bench.roots().openTarget(file.root(), file.directory());
                VerifyFile target = directory.readBack(file.temporaryName(bench.plan()), bench.context())) {
            Comparer comparer = new Comparer(target, bench);
            while (done < to && !bench.context().isStopped()) {
                long end = comparer.endOfRun(done);
                settle(done, end, comparer.isRight(), bench, result);
                done = end;
            }
            if (target.isInMemory()) {
                result.count(Counter.UNPROVEN, 1);
            }
        } catch (FileException e) {
            fault = bench.context().gaveUp(e) ? null : bench.roots().fault(file.root(), file.path(), file.record(), e);
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

    /** Processes a run of leaves that are all right, or all wrong. */
    private void settle(long start, long end, boolean isRight, WorkerContext bench, ItemResult result) {
        if (isRight) {
            result.count(Counter.VERIFIED, end - start);
            result.count(Counter.VERIFIED_FOR_OTHERS, writer == bench.rank() ? 0 : end - start);
            result.count(Counter.REPAIRED, again ? 1 : 0);
            tellOwner(new RangeDone(file.number(), start, end, null, sum(start, end, bench)), result);
        } else if (!again) {
            result.spawned.add(new CopyRange(file, start, end, true));
        } else {
            result.count(Counter.MISMATCHES, 1);
            byte[] shown = bench.roots().showTarget(file.root(), file.path());
            tellOwner(new RangeDone(file.number(), start, end, Fault.mismatch(shown, start, end), null), result);
        }
    }

    private void tellOwner(RangeDone done, ItemResult result) {
        result.tell(file.owner(), done);
    }

    /** The sum of leaves for the signature. */
    private @Nullable FileSum sum(long start, long end, WorkerContext bench) {
        EntryDigester signing = bench.signing();
        if (signing == null) {
            return null;
        }
        FileSum sum = signing.newSum();
        if (isHole()) {
            sum.addZeros(Leaf.index(start), Leaf.index(end), bench.verifier());
            return sum;
        }
        sum.addLeaves(Leaf.index(start), digests.range(leaf(start), leaf(end)), bench.verifier());
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

        Comparer(VerifyFile target, WorkerContext bench) {
            this.target = target;
            this.io = bench.io();
            this.hasher = bench.verifier();
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

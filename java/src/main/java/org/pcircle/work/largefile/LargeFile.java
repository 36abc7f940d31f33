package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.RangeBoundaries;
import org.pcircle.fs.TemporaryName;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.wire.Wire;
import org.pcircle.work.EntryRef;

/**
 * A file that several workers copy in ranges, under a temporary name until it is complete, or only read in ranges.
 *
 * @param ref what it is in the source
 * @param retried whether its source has already changed once while it was copied
 * @param again whether it has its second temporary name, see {@link #begunAgain}
 * @param owner the rank that created it and completes it
 * @param number unique among the files of its owner
 * @param target which target the file has
 * @param chunkBytes bytes that a worker copies at a time, about
 * @param cuts where ranges are best cut: at the next boundary behind a multiple of {@code chunkBytes}
 */
public record LargeFile(
        EntryRef ref,
        boolean retried,
        boolean again,
        int owner,
        long number,
        Target target,
        long chunkBytes,
        RangeBoundaries cuts) {

    public enum Target {
        /** No target: ranges are only read, for the signature. */
        NONE,
        /** A target that gets its data range by range. */
        GROWING,
        /** A target that has all its data: ranges are only read, for the signature. */
        FILLED
    }

    public int root() {
        return ref.root();
    }

    @Nullable
    public TreePath directory() {
        return ref.directory();
    }

    byte[] record() {
        return ref.record();
    }

    byte[] name() {
        return ref.name();
    }

    byte[] targetName(Root itsRoot) {
        return ref.targetName(itsRoot);
    }

    long bytes() {
        return ref.dataBytes();
    }

    /** The file's path in its tree. */
    public TreePath path() {
        return ref.path();
    }

    /** The temporary name of the file. */
    public byte[] temporaryName(Plan plan) {
        byte[] name =
                TemporaryName.of(plan.temporaryPrefix(), targetName(plan.roots().get(root())));
        return again
                ? (new String(name, StandardCharsets.US_ASCII) + TemporaryName.AGAIN)
                        .getBytes(StandardCharsets.US_ASCII)
                : name;
    }

    int encodedBytes() {
        return ref.encodedBytes() + 3 + Integer.BYTES + 2 * Long.BYTES + cuts.encodedBytes();
    }

    void write(ByteBuffer message) {
        ref.write(message);
        Wire.writeFlag(retried, message);
        Wire.writeFlag(again, message);
        message.putInt(owner).putLong(number);
        Wire.writeConstant(target, message);
        message.putLong(chunkBytes);
        cuts.write(message);
    }

    static LargeFile read(ByteBuffer source) {
        return new LargeFile(
                EntryRef.read(source),
                Wire.readFlag(source),
                Wire.readFlag(source),
                source.getInt(),
                source.getLong(),
                Wire.readConstant(Target.values(), source),
                source.getLong(),
                RangeBoundaries.read(source));
    }

    /**
     * This file under its second temporary name. A run may be resumed from one checkpoint several times: a temporary
     * file that is gone on resuming and is begun anew must not be taken for the one whose remaining ranges the
     * checkpoint holds.
     */
    public LargeFile begunAgain() {
        return new LargeFile(ref, retried, !again, owner, number, target, chunkBytes, cuts);
    }

    LargeFile withData() {
        return new LargeFile(ref, retried, again, owner, number, Target.FILLED, chunkBytes, cuts);
    }

    public LargeFile cutAt(RangeBoundaries places) {
        return new LargeFile(ref, retried, again, owner, number, target, chunkBytes, places);
    }

    public LargeFile ownedBy(int rank, long newNumber) {
        return new LargeFile(ref, retried, again, rank, newNumber, target, chunkBytes, cuts);
    }
}

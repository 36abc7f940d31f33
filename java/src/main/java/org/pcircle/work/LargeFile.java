package org.pcircle.work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Cuts;
import org.pcircle.fs.TemporaryName;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.wire.Wire;

/**
 * A file that is copied in ranges by several workers, under a temporary name until it is complete; or only read so.
 *
 * @param ref what it is in the source
 * @param retried whether its source has already changed once while it was copied
 * @param again whether it grows under its other temporary name, see {@link #begunAgain}
 * @param owner the rank that made it and completes it
 * @param number unique among the files of its owner
 * @param target what there is of it besides the source
 * @param chunkBytes what a worker copies at a time, about
 * @param cuts where ranges are best cut: at the next such place behind a multiple of that
 */
record LargeFile(
        EntryRef ref,
        boolean retried,
        boolean again,
        int owner,
        long number,
        Target target,
        long chunkBytes,
        Cuts cuts) {

    enum Target {
        /** Nothing: ranges are only read, for the signature. */
        NONE,
        /** A file that gets its data range by range. */
        GROWING,
        /** A file that has all its data, so that ranges are only read, for the signature. */
        FILLED
    }

    int root() {
        return ref.root();
    }

    @Nullable
    TreePath directory() {
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
    TreePath path() {
        return ref.path();
    }

    /** The name under which the file grows. */
    byte[] temporaryName(Plan plan) {
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
                Cuts.read(source));
    }

    /**
     * The same under its other temporary name. A run may be resumed from one checkpoint several times: a file that grew then, is gone
     * when it is gone on with, and is begun anew, must not be taken for the one of which the checkpoint says what is left.
     */
    LargeFile begunAgain() {
        return new LargeFile(ref, retried, !again, owner, number, target, chunkBytes, cuts);
    }

    LargeFile withData() {
        return new LargeFile(ref, retried, again, owner, number, Target.FILLED, chunkBytes, cuts);
    }

    LargeFile cutAt(Cuts places) {
        return new LargeFile(ref, retried, again, owner, number, target, chunkBytes, places);
    }

    LargeFile ownedBy(int rank, long newNumber) {
        return new LargeFile(ref, retried, again, rank, newNumber, target, chunkBytes, cuts);
    }
}

package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * A directory of the target whose mode and times are set when everything in it is done.
 *
 * @param record of its source, but with its final permission bits
 */
public record PendingDirectory(int root, TreePath path, byte[] record) {

    private static final int OWNER_READ_EXECUTE = 0500;

    private static final byte[] ITSELF = {'.'};

    /**
     * Sets the attributes and times of the target. If the source cannot be opened, all but extended attributes and ACLs
     * are set.
     */
    void finish(WorkerContext worker, ItemResult result) {
        try (Directory source = openSource(worker, result)) {
            finishLike(source, worker, result);
        }
    }

    /** The directory to take extended attributes from; null if none are preserved or the source cannot be opened. */
    private @Nullable Directory openSource(WorkerContext worker, ItemResult result) {
        try {
            return openSource(worker);
        } catch (FileException e) {
            result.fault(worker.roots().fault(root, path, record, e));
            return null;
        }
    }

    /**
     * An existing directory that is kept as it is.
     *
     * @param target its record in the target, which it gets again when it is filled
     */
    static PendingDirectory asItIs(int root, TreePath path, byte[] target) {
        return new PendingDirectory(root, path, target).unread();
    }

    /** Whether it gets the attributes of its source. */
    boolean isFinishedLikeSource() {
        return Entry.of(record).outcome() != Outcome.FAILED;
    }

    /** This directory marked so that no extended attributes of its source are read, as one that cannot be read. */
    PendingDirectory unread() {
        byte[] marked = record.clone();
        Entry.of(marked).failed(Operation.LIST);
        return new PendingDirectory(root, path, marked);
    }

    /** Opens the source if attributes must be read from it; else null. */
    @Nullable
    Directory openSource(WorkerContext worker) throws FileException {
        return isFinishedLikeSource() && worker.plan().copy().preserve().wantsAttributes()
                ? worker.roots().openSource(root, path)
                : null;
    }

    private void finishLike(@Nullable Directory source, WorkerContext worker, ItemResult result) {
        try (Directory target = worker.roots().openTarget(root, path)) {
            if (isStillAsItIs(target, worker)) {
                return;
            }
            target.finish(source, worker.direct(record), worker.context());
            worker.faultIfMissed(root, path, result);
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, path), e));
        }
    }

    /**
     * Whether an existing directory that is kept needs nothing: filling it has not changed its mode or times, or it is
     * another user's, whose times they are.
     */
    private boolean isStillAsItIs(Directory target, WorkerContext worker) throws FileException {
        if (isFinishedLikeSource() || worker.plan().existing() != ExistingPolicy.KEEP) {
            return false;
        }
        Entry now = Entry.of(target.describe(ITSELF));
        Entry before = Entry.of(record);
        boolean isSame = now.mode() == before.mode()
                && now.modifiedSeconds() == before.modifiedSeconds()
                && now.modifiedNanoseconds() == before.modifiedNanoseconds();
        return isSame || !(Credentials.isRoot() || Credentials.owns(now));
    }

    /** As a record of a spool. */
    byte[] encoded() {
        ByteBuffer record = ByteBuffer.allocate(encodedBytes());
        write(record);
        return record.array();
    }

    public int encodedBytes() {
        return 3 * Integer.BYTES + path.bytes().length + record.length;
    }

    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        Wire.writeBytes(record, target);
    }

    public static PendingDirectory read(ByteBuffer source) {
        return new PendingDirectory(source.getInt(), TreePath.read(source), Wire.readBytes(source));
    }

    /** Whether its owner can still enter it when it has its final mode. */
    boolean staysOpen() {
        return (Entry.of(record).mode() & OWNER_READ_EXECUTE) == OWNER_READ_EXECUTE;
    }
}

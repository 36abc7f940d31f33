package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * What one worker tells the natives about how to copy, and what they tell back: {@code struct pc_context} of
 * {@code context.h}, where it is drawn. Used by one worker, but that any thread may {@link #stop()} it.
 */
public final class CopyContext {

    /** Where its fields are, by their names in C. */
    private static final int METHOD = 0;

    private static final int SPARSE = 4;
    private static final int KEEP = 8;
    private static final int OPERATION = 12;
    private static final int BYTES = 16;
    private static final int STOP = 24;
    private static final int IN_MEMORY = 28;
    private static final int ACCEPT_CHANGED = 32;
    private static final int UMASK = 36;
    private static final int INSIST = 40;
    private static final int EXISTING = 44;
    private static final int REFUSED = 48;
    private static final int REFUSED_ERROR = 52;
    private static final int LOST = 56;
    private static final int LAYOUT = 84;
    private static final int MOVED = 88;
    private static final int TEMPORARY_PREFIX = 168;
    private static final int VERIFY = 264;
    private static final int FLUSH = 268;
    private static final int VERIFIED = 272;
    private static final int REPAIRED = 280;
    private static final int UNPROVEN = 284;
    private static final int STARTED_S = 288;
    private static final int STARTED_NS = 296;
    private static final int RESUMED = 300;

    private static final int STRUCT_BYTES = 304;
    private static final int PREFIX_BYTES_MAX = 95;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());

    /**
     * @param method how data is moved
     * @param sparse what becomes of holes
     * @param kept what of an entry to keep
     * @param creationMask the user's, which holds for new entries where modes are not kept
     * @param insisted what of that must be kept, so that it is a failure if it cannot be
     * @param layout where the layouts of new files come from
     * @param existing what becomes of entries that are in the way
     * @param inMemory whether what {@link Directory#copyEntries} copies stays in memory
     * @param verify whether what is written is read back before it counts as done
     * @param flush whether all of what is completed is flushed before
     * @param temporaryPrefix with which the names begin under which entries grow that replace others
     */
    public CopyContext(
            IoMethod method,
            Sparse sparse,
            Set<Kept> kept,
            int creationMask,
            Set<Kept> insisted,
            Layout layout,
            Existing existing,
            boolean inMemory,
            boolean verify,
            boolean flush,
            String temporaryPrefix) {
        byte[] prefix = temporaryPrefix.getBytes(UTF_8);
        if (prefix.length > PREFIX_BYTES_MAX) {
            throw new IllegalArgumentException("prefix of " + prefix.length + " bytes");
        }
        buffer.putInt(METHOD, method.ordinal());
        buffer.putInt(SPARSE, sparse.ordinal());
        buffer.putInt(KEEP, bits(kept));
        buffer.putInt(UMASK, creationMask);
        buffer.putInt(INSIST, bits(insisted));
        buffer.putInt(LAYOUT, layout.ordinal());
        buffer.putInt(EXISTING, existing.ordinal());
        buffer.putInt(IN_MEMORY, inMemory ? 1 : 0);
        buffer.putInt(VERIFY, verify ? 1 : 0);
        buffer.putInt(FLUSH, flush ? 1 : 0);
        buffer.put(TEMPORARY_PREFIX, prefix);
    }

    private static int bits(Set<Kept> kinds) {
        int bits = 0;
        for (Kept kind : kinds) {
            bits |= 1 << kind.ordinal();
        }
        return bits;
    }

    /** What an earlier part of this run has finished is left alone; it first began at this time of the destination's clock. */
    public void resumeSince(long seconds, int nanoseconds) {
        buffer.putLong(STARTED_S, seconds);
        buffer.putInt(STARTED_NS, nanoseconds);
        buffer.putInt(RESUMED, 1);
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** The operation that failed in the last call that said so. */
    Operation operation() {
        return Operation.of(buffer.getInt(OPERATION));
    }

    /**
     * What was insisted on in vain in the last call that completed a file or directory, or what attributes it could not read or give; null if
     * nothing was.
     */
    public @Nullable FileException refused() {
        Operation operation = Operation.of(buffer.getInt(REFUSED));
        return operation == Operation.NONE ? null : new FileException(operation, buffer.getInt(REFUSED_ERROR));
    }

    /** Bytes copied since this was last asked. */
    public long takeBytes() {
        return take(BYTES);
    }

    /** Bytes that a method moved since this was last asked. */
    public long takeMoved(IoMethod method) {
        return take(MOVED + method.ordinal() * Long.BYTES);
    }

    /** Entries of which a kind could not be kept since this was last asked. */
    public int takeLost(Kept kind) {
        return takeCount(LOST + kind.ordinal() * Integer.BYTES);
    }

    /** What could not be kept since it was last asked for is not counted. */
    public void forgetLost() {
        for (Kept kind : Kept.values()) {
            takeLost(kind);
        }
    }

    /** Bytes of the files of batches that were read back, and right, since this was last asked. */
    public long takeVerifiedBytes() {
        return take(VERIFIED);
    }

    /** Files of batches that had to be written once more since this was last asked. */
    public int takeRepaired() {
        return takeCount(REPAIRED);
    }

    /** Files of batches that were read back from where that proves nothing, since this was last asked. */
    public int takeUnproven() {
        return takeCount(UNPROVEN);
    }

    /** Has the data of a large file arrive before it is closed, if that is asked for or a server keeps it. */
    int flushData(int file) {
        boolean isWanted = buffer.getInt(VERIFY) != 0 || buffer.getInt(FLUSH) != 0;
        return isWanted || Native.isRemote(file) ? Native.flush(file, false) : 0;
    }

    /** Has what this thread waits for end when this context is stopped, until {@link #heedNothing}. */
    public void heed() {
        Native.heed(buffer);
    }

    /** The end of that. */
    public static void heedNothing() {
        Native.heed(null);
    }

    /** Whether an operation failed only because it was told to stop, and did not wait any longer. */
    public boolean gaveUp(FileException e) {
        return isStopped() && (e.errno() == Errno.EINTR.number() || e.errno() == Errno.EAGAIN.number());
    }

    /** Asks the natives to return at the next entry or piece. From any thread. */
    public void stop() {
        buffer.putInt(STOP, 1);
    }

    public boolean isStopped() {
        return buffer.getInt(STOP) != 0;
    }

    /** Whether the next file is finished although its source has changed. */
    void acceptChanged(boolean accept) {
        buffer.putInt(ACCEPT_CHANGED, accept ? 1 : 0);
    }

    private int takeCount(int at) {
        int count = buffer.getInt(at);
        buffer.putInt(at, 0);
        return count;
    }

    private long take(int at) {
        long amount = buffer.getLong(at);
        buffer.putLong(at, 0);
        return amount;
    }
}

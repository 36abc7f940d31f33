package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.jni.Native;

/**
 * What one worker tells the natives about how to copy, and what they report back: {@code struct pc_context} of
 * {@code context.h}, where it is drawn. Used by one worker; any thread may call {@link #stop()}.
 */
public final class CopyContext {

    /** Offsets of the fields, by their names in C. */
    private static final int METHOD = 0;

    private static final int SPARSE = 4;
    private static final int PRESERVE = 8;
    private static final int REQUIRED = 12;
    private static final int LAYOUT = 16;
    private static final int EXISTING = 20;
    private static final int UMASK = 24;
    private static final int IN_MEMORY = 28;
    private static final int VERIFY = 32;
    private static final int FLUSH = 36;
    private static final int RESUMED = 40;
    private static final int ACCEPT_CHANGED = 44;
    private static final int STARTED_S = 48;
    private static final int STARTED_NS = 56;
    private static final int STOP = 60;
    private static final int DOUBTFUL_S = 64;
    private static final int DOUBTFUL_NS = 72;
    private static final int TEMPORARY_PREFIX = 76;
    private static final int BYTES = 176;
    private static final int MOVED = 184;
    private static final int VERIFIED = 232;
    private static final int NOT_PRESERVED = 240;
    private static final int REPAIRED = 268;
    private static final int UNPROVEN = 272;
    private static final int LOSS = 276;

    private static final int STRUCT_BYTES = 312;
    private static final int PREFIX_BYTES_MAX = 95;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(STRUCT_BYTES).order(ByteOrder.nativeOrder());

    public CopyContext(CopyOptions options) {
        byte[] prefix = options.temporaryPrefix.getBytes(UTF_8);
        if (prefix.length > PREFIX_BYTES_MAX) {
            throw new IllegalArgumentException("prefix of " + prefix.length + " bytes");
        }
        buffer.putInt(METHOD, options.method.ordinal());
        buffer.putInt(SPARSE, options.sparse.ordinal());
        buffer.putInt(PRESERVE, bits(options.preserved));
        buffer.putInt(REQUIRED, bits(options.required));
        buffer.putInt(UMASK, options.creationMask);
        buffer.putInt(LAYOUT, options.layout.ordinal());
        buffer.putInt(EXISTING, options.existing.ordinal());
        buffer.putInt(IN_MEMORY, options.inMemory ? 1 : 0);
        buffer.putInt(VERIFY, options.verify ? 1 : 0);
        buffer.putInt(FLUSH, options.flush ? 1 : 0);
        buffer.putInt(RESUMED, options.isResumed ? 1 : 0);
        buffer.putLong(STARTED_S, options.startedSeconds);
        buffer.putInt(STARTED_NS, options.startedNanoseconds);
        buffer.putLong(DOUBTFUL_S, options.doubtfulSince.getEpochSecond());
        buffer.putInt(DOUBTFUL_NS, options.doubtfulSince.getNano());
        buffer.put(TEMPORARY_PREFIX, prefix);
    }

    private static int bits(Set<PreservedAttribute> kinds) {
        int bits = 0;
        for (PreservedAttribute kind : kinds) {
            bits |= 1 << kind.ordinal();
        }
        return bits;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /**
     * The failure of the last call that completed a file or directory: a required attribute was not preserved, or an
     * attribute could not be read or set. Null if there was none.
     */
    public @Nullable FileException refused() {
        int failure = buffer.getInt(LOSS);
        return failure == 0 ? null : FileException.of(failure);
    }

    /** Bytes copied since the last call of this method. */
    public long takeBytes() {
        return take(BYTES);
    }

    /** Bytes that a copy method moved since the last call of this method. */
    public long takeMoved(IoMethod method) {
        return take(MOVED + method.ordinal() * Long.BYTES);
    }

    /** Entries whose attribute of a kind was not preserved since the last call of this method. */
    public int takeNotPreserved(PreservedAttribute kind) {
        return takeCount(NOT_PRESERVED + kind.ordinal() * Integer.BYTES);
    }

    /** Resets the counts that {@link #takeNotPreserved} has not returned yet. */
    public void forgetNotPreserved() {
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            takeNotPreserved(kind);
        }
    }

    /** Bytes of files in batches that were verified since the last call of this method. */
    public long takeVerifiedBytes() {
        return take(VERIFIED);
    }

    /** Files in batches that had to be written a second time since the last call of this method. */
    public int takeRepaired() {
        return takeCount(REPAIRED);
    }

    /** Files in batches that were read back from memory, which proves nothing, since the last call of this method. */
    public int takeUnproven() {
        return takeCount(UNPROVEN);
    }

    /** Flushes a large file before it is closed, if the user asks for that or a server keeps the file. */
    int flushData(int file) {
        boolean isWanted = buffer.getInt(VERIFY) != 0 || buffer.getInt(FLUSH) != 0;
        return isWanted || Native.isRemote(file) ? Native.flush(file, false) : 0;
    }

    /** Ends waits of this thread when this context is stopped, until {@link #heedNothing}. */
    public void heed() {
        Native.heed(buffer);
    }

    /** Ends the effect of {@link #heed} for this thread. */
    public static void heedNothing() {
        Native.heed(null);
    }

    /** Whether an operation failed only because this context was stopped. */
    public boolean gaveUp(FileException e) {
        return isStopped() && (e.errno() == Errno.EINTR.number() || e.errno() == Errno.EAGAIN.number());
    }

    /** Asks the natives to return at the next entry or piece. Any thread may call it. */
    public void stop() {
        buffer.putInt(STOP, 1);
    }

    public boolean isStopped() {
        return buffer.getInt(STOP) != 0;
    }

    /** Says whether the next file is finished although its source has changed. */
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

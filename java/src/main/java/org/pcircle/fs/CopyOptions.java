package org.pcircle.fs;

import java.time.Instant;
import java.util.Set;

/**
 * Options of copying. By default new entries are created with the source's data and nothing else is preserved. A
 * builder: a {@link CopyContext} copies the values that it has then.
 */
public final class CopyOptions {

    IoMethod method = IoMethod.AUTO;
    Sparse sparse = Sparse.AUTO;
    Set<PreservedAttribute> preserved = Set.of();
    Set<PreservedAttribute> required = Set.of();
    int creationMask = 0;
    Layout layout = Layout.INHERIT;
    ExistingPolicy existing = ExistingPolicy.REFUSE;
    boolean inMemory = false;
    boolean verify = false;
    boolean flush = false;
    String temporaryPrefix = "";
    boolean isResumed;
    long startedSeconds;
    int startedNanoseconds;
    Instant doubtfulSince = Instant.MAX;

    /** How data is moved. */
    public CopyOptions method(IoMethod method) {
        this.method = method;
        return this;
    }

    /** How holes are copied. */
    public CopyOptions sparse(Sparse sparse) {
        this.sparse = sparse;
        return this;
    }

    /** The attributes to preserve. */
    public CopyOptions preserved(Set<PreservedAttribute> preserved) {
        this.preserved = preserved;
        return this;
    }

    /** What of that must be preserved, so that it is a failure if it cannot be. */
    public CopyOptions required(Set<PreservedAttribute> required) {
        this.required = required;
        return this;
    }

    /** The user's umask, for new entries where modes are not preserved. */
    public CopyOptions creationMask(int creationMask) {
        this.creationMask = creationMask;
        return this;
    }

    /** Where the layouts of new files come from. */
    public CopyOptions layout(Layout layout) {
        this.layout = layout;
        return this;
    }

    /** What happens to existing entries. */
    public CopyOptions existing(ExistingPolicy existing) {
        this.existing = existing;
        return this;
    }

    /** Whether {@link Directory#copyEntries} leaves the copied data in memory. */
    public CopyOptions inMemory(boolean inMemory) {
        this.inMemory = inMemory;
        return this;
    }

    /** Whether data is read back before it counts as done. */
    public CopyOptions verify(boolean verify) {
        this.verify = verify;
        return this;
    }

    /** Whether entries are flushed before they are complete. */
    public CopyOptions flush(boolean flush) {
        this.flush = flush;
        return this;
    }

    /** Prefix of the names of temporary files. */
    public CopyOptions temporaryPrefix(String temporaryPrefix) {
        this.temporaryPrefix = temporaryPrefix;
        return this;
    }

    /**
     * Recognises entries that an earlier attempt has finished; the run first began at this time of the destination's
     * clock.
     */
    public CopyOptions resumedSince(long seconds, int nanoseconds) {
        this.isResumed = true;
        this.startedSeconds = seconds;
        this.startedNanoseconds = nanoseconds;
        return doubtfulSince(Instant.ofEpochSecond(seconds, nanoseconds));
    }

    /**
     * Compares what exists in the target and has changed since then, also where existing entries are kept: a run that
     * was not finished may have left it half-written. Of several times the earliest counts.
     *
     * @param since by the destination's clock
     */
    public CopyOptions doubtfulSince(Instant since) {
        if (since.isBefore(doubtfulSince)) {
            this.doubtfulSince = since;
        }
        return this;
    }
}

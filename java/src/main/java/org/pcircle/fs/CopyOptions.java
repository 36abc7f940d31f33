package org.pcircle.fs;

import java.util.Set;

/**
 * What a run wants of copying: at first to make new entries of the source's data, and to keep nothing besides. To be
 * put together, and handed to a {@link CopyContext}, which takes what is there then.
 */
public final class CopyOptions {

    IoMethod method = IoMethod.AUTO;
    Sparse sparse = Sparse.AUTO;
    Set<Kept> kept = Set.of();
    Set<Kept> insisted = Set.of();
    int creationMask = 0;
    Layout layout = Layout.INHERIT;
    Existing existing = Existing.REFUSE;
    boolean inMemory = false;
    boolean verify = false;
    boolean flush = false;
    String temporaryPrefix = "";
    boolean isResumed;
    long startedSeconds;
    int startedNanoseconds;

    /** How data is moved. */
    public CopyOptions method(IoMethod method) {
        this.method = method;
        return this;
    }

    /** What becomes of holes. */
    public CopyOptions sparse(Sparse sparse) {
        this.sparse = sparse;
        return this;
    }

    /** What of an entry to keep. */
    public CopyOptions kept(Set<Kept> kept) {
        this.kept = kept;
        return this;
    }

    /** What of that must be kept, so that it is a failure if it cannot be. */
    public CopyOptions insisted(Set<Kept> insisted) {
        this.insisted = insisted;
        return this;
    }

    /** The user's, which holds for new entries where modes are not kept. */
    public CopyOptions creationMask(int creationMask) {
        this.creationMask = creationMask;
        return this;
    }

    /** Where the layouts of new files come from. */
    public CopyOptions layout(Layout layout) {
        this.layout = layout;
        return this;
    }

    /** What becomes of entries that are in the way. */
    public CopyOptions existing(Existing existing) {
        this.existing = existing;
        return this;
    }

    /** Whether what {@link Directory#copyEntries} copies stays in memory. */
    public CopyOptions inMemory(boolean inMemory) {
        this.inMemory = inMemory;
        return this;
    }

    /** Whether what is written is read back before it counts as done. */
    public CopyOptions verify(boolean verify) {
        this.verify = verify;
        return this;
    }

    /** Whether all of what is completed is flushed before. */
    public CopyOptions flush(boolean flush) {
        this.flush = flush;
        return this;
    }

    /** With which the names begin under which entries grow that replace others. */
    public CopyOptions temporaryPrefix(String temporaryPrefix) {
        this.temporaryPrefix = temporaryPrefix;
        return this;
    }

    /**
     * What an earlier part of this run has finished is left alone; it first began at this time of the destination's
     * clock.
     */
    public CopyOptions resumedSince(long seconds, int nanoseconds) {
        this.isResumed = true;
        this.startedSeconds = seconds;
        this.startedNanoseconds = nanoseconds;
        return this;
    }
}

package org.pcircle.fs;

/**
 * The policy for an entry of the target that has the name of one that is copied. A directory is never replaced. The
 * order is that of {@code enum pc_existing} in {@code context.h}.
 */
public enum ExistingPolicy {
    /** The existing entry stays, and the copy fails. */
    REFUSE,
    /** The existing entry is replaced by rename, when the copy is complete. */
    REPLACE,
    /** As REPLACE, but an entry that is up to date is left alone, and one that is newer is kept. */
    UPDATE_OLDER,
    /** As REPLACE, but an entry that is up to date is left alone. */
    UPDATE_DIFFERING,
    /** The existing entry is kept as it is. */
    KEEP;

    /** Whether an entry that is up to date is left alone. */
    public boolean compares() {
        return this == UPDATE_OLDER || this == UPDATE_DIFFERING;
    }

    /** Whether an entry that differs may be kept. */
    public boolean mayKeep() {
        return this == UPDATE_OLDER || this == KEEP;
    }
}

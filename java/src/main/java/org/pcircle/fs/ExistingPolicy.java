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
    /** As REPLACE, but an entry that is up to date is left alone. */
    UPDATE
}

package org.pcircle.fs;

/**
 * What becomes of an entry of the target that has the name of one that is copied. A directory is never replaced. The order
 * is that of {@code enum pc_existing} in {@code context.h}.
 */
public enum Existing {
    /** It stays, and the copy of the other fails. */
    REFUSE,
    /** By rename, when the other is complete. */
    REPLACE,
    /** Likewise, but what is up to date is left alone. */
    UPDATE
}

package org.pcircle.fs;

/** The outcome of an entry. The order is that of {@code enum pc_outcome} in {@code outcome.h}. */
public enum Outcome {
    /** It was copied or read; or nothing has been tried yet. */
    DONE,
    /** The source changed while it was copied; the target is in place. */
    CHANGED,
    /** The worker was stopped before it, or in the middle. */
    NOT_DONE,
    /** The target was as it should be, or is now, without copying data. */
    UP_TO_DATE,
    /** An earlier attempt of this run has done it. */
    ALREADY_DONE,
    /** An operation failed. */
    FAILED,
    /** The target's entry was left as it is, since it is newer, or since what exists is not touched. */
    KEPT;

    private static final Outcome[] ALL = values();

    static Outcome of(int ordinal) {
        return ALL[ordinal];
    }
}

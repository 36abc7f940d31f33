package org.pcircle.plan;

/** Which extraneous entries of a destination may be deleted. */
public enum DeletePolicy {
    /** None. */
    NOTHING,
    /** Those of a destination that seems to be a mirror of its source, see {@link MirrorGuard}. */
    OF_MIRROR,
    /** Those of any destination: the user has said that it is meant. */
    ANYTHING;

    /** Whether any are deleted. */
    public boolean deletes() {
        return this != NOTHING;
    }
}

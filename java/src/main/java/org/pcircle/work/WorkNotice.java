package org.pcircle.work;

import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;

/**
 * A notice of the work on trees. It says itself which part of a rank's state takes it in, and what is done with it there.
 *
 * @param <P> that part
 */
interface WorkNotice<P> extends Notice {

    /** The part of the receiver's {@link RankParts} that takes the notice in. */
    Class<P> part();

    /**
     * Takes the notice in, on the receiver's own thread.
     *
     * @param from the rank that sent it
     */
    Effects applyTo(P part, int from);

    /**
     * Whether the sender is told when the notice has been taken in: its receiver writes something down for it, and the sender must not
     * be faster. See {@link Unacknowledged}.
     */
    default boolean needsAck() {
        return false;
    }
}

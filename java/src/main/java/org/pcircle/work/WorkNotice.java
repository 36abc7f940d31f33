package org.pcircle.work;

import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;

/**
 * A notice of the work on trees. It says itself which part of a rank's state receives it, and what happens there.
 *
 * @param <P> the part that receives it
 */
public interface WorkNotice<P> extends Notice {

    /** The part in the receiver's {@link RankParts} that receives the notice. */
    Class<P> part();

    /**
     * Applies the notice, on the receiver's own thread.
     *
     * @param from rank of the sender
     */
    Effects applyTo(P part, int from);

    /**
     * Whether the notice is acknowledged: its receiver writes something down for it, and the sender must not be faster.
     * See {@link Unacknowledged}.
     */
    default boolean needsAck() {
        return false;
    }
}

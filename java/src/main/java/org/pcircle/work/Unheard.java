package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Notice;

/**
 * Counts the unacknowledged notices of this rank. Too many of them throttle the rank, so that the notices in flight do
 * not grow. Used by the rank's own thread.
 */
final class Unheard {

    /** With more the rank begins no items. */
    private static final int MAX = 2;

    private int count;

    /** Counts notices that are about to be sent. */
    void sent(List<Notice.Addressed> notices) {
        for (int i = 0; i < notices.size(); i++) {
            count += ((WorkNotice<?>) notices.get(i).notice()).needsAck() ? 1 : 0;
        }
    }

    /** One of them has been acknowledged. */
    void heard() {
        count--;
    }

    boolean areTooMany() {
        return count > MAX;
    }
}

package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Notice;

/**
 * Counts the notices of this rank that are not acknowledged yet. Too many of them throttle the rank, so that the
 * notices in flight do not grow. Used by the rank's own thread.
 */
public final class Unacknowledged {

    /** With more the rank begins no items. */
    private static final int MAX = 2;

    private int count;

    /** Counts notices that are about to be sent. */
    public void sent(List<Notice.Addressed> notices) {
        for (int i = 0; i < notices.size(); i++) {
            count += ((WorkNotice<?>) notices.get(i).notice()).needsAck() ? 1 : 0;
        }
    }

    /** One of them is acknowledged. */
    void acknowledged() {
        assert count > 0;
        count--;
    }

    public boolean areTooMany() {
        return count > MAX;
    }
}

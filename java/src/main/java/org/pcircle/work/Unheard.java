package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Notice;

/**
 * How many notices of this rank's, with something to write down, have not been taken in yet. Too many of them hold the rank back, so
 * that what is under way between ranks does not grow. Used by the rank's own thread.
 */
final class Unheard {

    /** With more the rank does not go on. */
    private static final int MAX = 2;

    private int count;

    /** Counts notices that are about to be sent. */
    void sent(List<Notice.Addressed> notices) {
        for (int i = 0; i < notices.size(); i++) {
            count += ((WorkNotice<?>) notices.get(i).notice()).needsAck() ? 1 : 0;
        }
    }

    /** One of them has been taken in. */
    void heard() {
        count--;
    }

    boolean areTooMany() {
        return count > MAX;
    }
}

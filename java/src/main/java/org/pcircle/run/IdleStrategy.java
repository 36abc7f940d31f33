package org.pcircle.run;

import java.util.concurrent.locks.LockSupport;

/**
 * How a loop waits when it has nothing to do. A worker that finishes an item unparks the loop, so only what comes from
 * other processes has to be looked for.
 */
public interface IdleStrategy {

    /**
     * Called once a turn.
     *
     * @param workDone how much the turn did; nothing is waited for unless it is 0
     */
    void idle(int workDone);

    /** Waits until a worker is done, or for a tenth of a second, so that the time is looked at. */
    static IdleStrategy parking() {
        return new Parking();
    }

    /**
     * Looks again after 50 µs, then after twice as long each time, at most 1 ms: 2 to 5 % of a core when idle, by what
     * a wake-up costs.
     */
    static IdleStrategy backingOff() {
        return new BackingOff();
    }

    /** See {@link #parking()}. */
    final class Parking implements IdleStrategy {

        private static final long PARK_NS = 100_000_000;

        private Parking() {}

        @Override
        public void idle(int workDone) {
            if (workDone == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    /** See {@link #backingOff()}. */
    final class BackingOff implements IdleStrategy {

        private static final long PARK_NS_MIN = 50_000;
        private static final long PARK_NS_MAX = 1_000_000;

        private long parkNs = PARK_NS_MIN;

        private BackingOff() {}

        @Override
        public void idle(int workDone) {
            if (workDone > 0) {
                parkNs = PARK_NS_MIN;
                return;
            }
            LockSupport.parkNanos(parkNs);
            parkNs = Math.min(PARK_NS_MAX, 2 * parkNs);
        }
    }
}

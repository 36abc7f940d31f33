package org.pcircle.work;

import org.jspecify.annotations.Nullable;

/** Where a rank's snapshots go, and where the one comes from with which it begins. Called on the rank's thread. */
public interface Snapshots {

    /** None are taken. */
    Snapshots NONE = new Snapshots() {
        @Override
        public @Nullable Snapshot restored() {
            return null;
        }

        @Override
        public void taken(int epoch, boolean stopped, Snapshot snapshot) {
            throw new IllegalStateException("nobody asked for a snapshot");
        }
    };

    /** What there was at this rank's part of the ranks of an earlier part of the run; null if there was none. */
    @Nullable
    Snapshot restored();

    /**
     * This rank's state in an epoch, to be written; nothing in it changes any more.
     *
     * @param stopped whether the run is stopped, so that nobody waits for a flush
     */
    void taken(int epoch, boolean stopped, Snapshot snapshot);
}

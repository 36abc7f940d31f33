package org.pcircle.work.checkpoint;

import org.jspecify.annotations.Nullable;

/** Receives a rank's snapshots, and provides the one it is resumed from. Called on the rank's thread. */
public interface SnapshotStore {

    /** No snapshots are taken. */
    SnapshotStore NONE = new SnapshotStore() {
        @Override
        public @Nullable RankSnapshot restored() {
            return null;
        }

        @Override
        public void taken(int epoch, boolean stopped, RankSnapshot snapshot) {
            throw new IllegalStateException("nobody asked for a snapshot");
        }
    };

    /** The merged snapshots of an earlier attempt that this rank takes over; null if there are none. */
    @Nullable
    RankSnapshot restored();

    /**
     * Receives this rank's snapshot of an epoch, to be written; it is immutable.
     *
     * @param stopped whether the run is stopped, so that the snapshot is not flushed
     */
    void taken(int epoch, boolean stopped, RankSnapshot snapshot);
}

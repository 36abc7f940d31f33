package org.pcircle.plan;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.wire.Wire;

/**
 * How a run can be resumed after a stop.
 *
 * @param intervalMs milliseconds between two checkpoints; 0: no checkpoints
 * @param directory holds the run's directory; empty: the usual place
 * @param resumption the checkpoint to resume from; null: a new run
 */
public record CheckpointOptions(
        int intervalMs, byte[] directory, @Nullable Resumption resumption) {

    public static final CheckpointOptions NONE = new CheckpointOptions(0, new byte[0], null);

    /**
     * The checkpoint from which a run resumes.
     *
     * @param attempt number of times the run has been resumed, this one included
     * @param snapshotAttempt the attempt in which the snapshots were taken
     * @param epoch of the snapshots
     * @param ranks number of ranks that took snapshots; 0: no snapshots, the run starts from the beginning
     * @param startedSeconds when the run first began, by the clock of the destination's file system
     * @param startedNanoseconds besides
     */
    public record Resumption(
            int attempt, int snapshotAttempt, int epoch, int ranks, long startedSeconds, int startedNanoseconds) {

        static final int ENCODED_BYTES = 5 * Integer.BYTES + Long.BYTES;
    }

    /** Whether checkpoints are taken. */
    public boolean areTaken() {
        return intervalMs > 0;
    }

    /** Number of times the run has been resumed. */
    public int attempt() {
        return resumption == null ? 0 : resumption.attempt();
    }

    int encodedBytes() {
        return Integer.BYTES + Wire.encodedBytes(directory) + 1 + (resumption == null ? 0 : Resumption.ENCODED_BYTES);
    }

    void write(ByteBuffer target) {
        target.putInt(intervalMs);
        Wire.writeBytes(directory, target);
        Wire.writeFlag(resumption != null, target);
        if (resumption != null) {
            target.putInt(resumption.attempt()).putInt(resumption.snapshotAttempt());
            target.putInt(resumption.epoch()).putInt(resumption.ranks());
            target.putLong(resumption.startedSeconds()).putInt(resumption.startedNanoseconds());
        }
    }

    static CheckpointOptions read(ByteBuffer source) {
        int intervalMs = source.getInt();
        byte[] directory = Wire.readBytes(source);
        boolean isResumed = Wire.readFlag(source);
        return new CheckpointOptions(
                intervalMs,
                directory,
                isResumed
                        ? new Resumption(
                                source.getInt(),
                                source.getInt(),
                                source.getInt(),
                                source.getInt(),
                                source.getLong(),
                                source.getInt())
                        : null);
    }
}

package org.pcircle.plan;

import java.nio.ByteBuffer;
import org.pcircle.wire.Wire;

/**
 * How a run is done, whatever it does: a resumed run may have other options than the run had when it began.
 *
 * @param checkpoints interval and place of checkpoints, and the one to resume from
 * @param chunkBytes what a worker copies of a large file at a time; 0: adapted to its size and the number of workers
 * @param workers of all ranks together, about
 * @param reduceIntervalMs milliseconds between two reports of counters
 * @param seed of every random choice
 * @param changes how entries are named that are changed
 */
public record RunOptions(
        CheckpointOptions checkpoints,
        long chunkBytes,
        int workers,
        int reduceIntervalMs,
        long seed,
        ChangeFormat changes) {

    private static final int REDUCE_INTERVAL_MS = 1000;

    /** Bytes of {@link #writeSizes}. */
    static final int SIZES_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES + 1;

    /** Whether the run is resumed, so that an earlier attempt may have done part of it. */
    boolean isResumed() {
        return checkpoints.resumption() != null;
    }

    /** The options of a run of so many workers that nobody has said anything about. */
    public static RunOptions of(int workers) {
        return new RunOptions(CheckpointOptions.NONE, 0, workers, REDUCE_INTERVAL_MS, 0, ChangeFormat.NONE);
    }

    public RunOptions withCheckpoints(CheckpointOptions given) {
        return new RunOptions(given, chunkBytes, workers, reduceIntervalMs, seed, changes);
    }

    public RunOptions withChunkBytes(long bytes) {
        return new RunOptions(checkpoints, bytes, workers, reduceIntervalMs, seed, changes);
    }

    public RunOptions withReduceIntervalMs(int intervalMs) {
        return new RunOptions(checkpoints, chunkBytes, workers, intervalMs, seed, changes);
    }

    public RunOptions withSeed(long given) {
        return new RunOptions(checkpoints, chunkBytes, workers, reduceIntervalMs, given, changes);
    }

    public RunOptions withChanges(ChangeFormat format) {
        return new RunOptions(checkpoints, chunkBytes, workers, reduceIntervalMs, seed, format);
    }

    private RunOptions withWorkers(int number) {
        return new RunOptions(checkpoints, chunkBytes, number, reduceIntervalMs, seed, changes);
    }

    /**
     * These options for an attempt that resumes the run.
     *
     * @param directory holds the run's directory, as seen from there; empty: the usual place
     */
    public RunOptions resumed(
            byte[] directory,
            CheckpointOptions.Resumption resumption,
            int allWorkers,
            int itsReduceIntervalMs,
            ChangeFormat itsChanges) {
        return withCheckpoints(new CheckpointOptions(checkpoints.intervalMs(), directory, resumption))
                .withWorkers(allWorkers)
                .withReduceIntervalMs(itsReduceIntervalMs)
                .withChanges(itsChanges);
    }

    /** Writes all but the checkpoints. */
    void writeSizes(ByteBuffer target) {
        target.putLong(chunkBytes).putInt(workers).putInt(reduceIntervalMs).putLong(seed);
        Wire.writeConstant(changes, target);
    }

    static RunOptions readSizes(CheckpointOptions checkpoints, ByteBuffer source) {
        return new RunOptions(
                checkpoints,
                source.getLong(),
                source.getInt(),
                source.getInt(),
                source.getLong(),
                Wire.readConstant(ChangeFormat.values(), source));
    }
}

package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Tree;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Plan;
import org.pcircle.report.Fault;
import org.pcircle.work.checkpoint.WriteFirstCheckpoint;

/** The context of one rank, shared by its workers: the roots and the run's files, open for the whole run. */
public final class RankContext implements AutoCloseable {

    private final Plan plan;
    private final Roots roots;
    private final RunFiles state;
    private final Tree tree;

    private RankContext(Plan plan, Roots roots, Tree tree, @Nullable OpenFile lock) {
        this.plan = plan;
        this.roots = roots;
        this.state = new RunFiles(plan, roots, tree.rank(), lock);
        this.tree = tree;
    }

    /**
     * Opens the roots of a plan.
     *
     * @param lock of the resumed run that this process holds; taken over and held until the run ends. Null: none
     */
    public static RankContext open(Plan plan, Tree tree, @Nullable OpenFile lock) throws Roots.UnreachableException {
        return new RankContext(plan, Roots.open(plan), tree, lock);
    }

    /** A context for one more worker. */
    public WorkerContext newWorker(TreeTask task) {
        return new WorkerContext(plan, roots, state, tree, task);
    }

    public Roots roots() {
        return roots;
    }

    /** At rank 0: see {@link WriteFirstCheckpoint}; for a run that has begun without a checkpoint. */
    public void beginCheckpoints() {
        state.beginCheckpoints();
    }

    /** Writes this rank's snapshot of an epoch, as blocks of a file; returns its length in bytes. */
    public long writeSnapshot(List<ByteBuffer> blocks, int epoch, boolean flushed) throws FileException {
        if (flushed) {
            state.flushSpools();
        }
        state.write(CheckpointFiles.snapshot(epoch, tree.rank()), blocks, flushed);
        long bytes = 0;
        for (ByteBuffer block : blocks) {
            bytes += block.limit();
        }
        return bytes;
    }

    /** Flushes everything that ranks of this host have copied, wherever the checkpoint is. */
    public void flushTarget() throws FileException {
        if (!plan.task().hasTargets()) {
            return;
        }
        try (Directory target = roots.openTarget(0, plan.isOneDirectory() ? TreePath.TOP : null)) {
            target.flushFileSystem();
        }
    }

    /** At rank 0, when all ranks have written their snapshots: commits an epoch. */
    public void commit(int epoch, int ranks, boolean flushed, boolean isOneHost) throws FileException {
        state.commit(new CheckpointFiles.Cut(epoch, ranks, flushed, isOneHost));
    }

    /** At rank 0: the last problem with checkpoints; null if there was none. */
    public @Nullable String checkpointProblem() {
        return state.problem();
    }

    /** At rank 0: why checkpoints could not begin; null if they could. */
    public @Nullable String checkpointObstacle() {
        return state.obstacle();
    }

    /** At rank 0: why others cannot tell whether this run is alive; null if they can. */
    public @Nullable String lockless() {
        return state.lockless();
    }

    /** At rank 0: whether there is a checkpoint from which the run can be resumed. */
    public boolean hasCheckpoint() {
        return state.committed() >= 0;
    }

    /**
     * Whether this rank tells the user how to resume when a rank is lost: rank 0 does, and if that is lost, the rank
     * that takes over its lock. False if there is no checkpoint.
     */
    public boolean speaksLast() {
        return plan.options().checkpoints().areTaken() && (tree.isRoot() ? hasCheckpoint() : state.takeOver());
    }

    /** At rank 0: whether the run is complete but for its report, so that a stop comes too late. */
    public boolean isFinished() {
        return state.isFinished();
    }

    /**
     * At rank 0: the run's directory, if it could not be removed because another process has a file of it open; else
     * null.
     */
    public byte @Nullable [] leftBehind() {
        return state.isLeftBehind() ? state.shown() : null;
    }

    /** Receives the snapshots that are read. */
    public interface SnapshotReader {
        /**
         * Receives one snapshot.
         *
         * @param rank that wrote it
         * @param file contents of its file
         */
        void read(int rank, ByteBuffer file) throws SpoolBlock.DamagedException;
    }

    /**
     * Reads the snapshots that this rank takes over, one after another: each rank of the resumed attempt goes to one
     * rank of this one.
     */
    public void readSnapshots(CheckpointOptions.Resumption resumption, int ranksNow, SnapshotReader reader)
            throws FileException, SpoolBlock.DamagedException {
        try (StateDirectory files = state.make()) {
            for (int old = tree.rank(); old < resumption.ranks(); old += ranksNow) {
                reader.read(old, CheckpointFiles.read(files, CheckpointFiles.snapshot(resumption.epoch(), old)));
            }
        }
    }

    /** Deletes the run's files. */
    public void removeState(Consumer<String> complaints) {
        try {
            state.removeAll();
        } catch (FileException e) {
            complaints.accept("files of the run are left behind: " + Fault.of(state.shownHolder(), e));
        }
    }

    @Override
    public void close() {
        state.close();
        roots.close();
    }
}

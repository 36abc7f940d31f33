package org.pcircle.run;

import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Message;
import org.pcircle.circle.Rank;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Signals;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.ExitCode;
import org.pcircle.transport.Transport;
import org.pcircle.work.RankContext;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.checkpoint.SnapshotStore;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkItemCodec;

/**
 * Takes checkpoints as they become due, at one rank: the rank's loop only hands snapshots over, and a thread of their
 * own writes them. Once a run is stopped, one is taken at once, of which nothing is waited for, as whoever stopped it
 * may be in a hurry.
 *
 * <p>All methods are for the loop's thread.
 */
public final class CheckpointCoordinator implements SnapshotStore, AutoCloseable {

    private final Plan plan;
    private final Transport transport;
    private final RankContext rankContext;
    private final @Nullable RankSnapshot restored;
    private final Consumer<String> complaints;

    /** Whether all failures that rank 0 knows of are written down, so that a snapshot may count them. */
    private final BooleanSupplier isAllSaid;

    private final long intervalNs;
    private final BlockingQueue<Runnable> toDo = new LinkedBlockingQueue<>();
    private final Queue<Done> done = new ConcurrentLinkedQueue<>();
    private final Thread loop = Thread.currentThread();
    private @Nullable Thread writer;

    private long nextNs;
    private long pausedSinceNs;
    private boolean wasPaused;
    private boolean stopSeen;

    /** Whether the one that is taken at once when the run is stopped has begun. */
    private boolean atStop;

    /** Whether a snapshot was taken that nobody waited to be on its device. */
    private boolean unflushed;

    private boolean committing;
    private boolean complained;

    private boolean toldLockless;

    /** What the writer has done: a snapshot, or the record of an epoch. */
    private record Done(
            int epoch,
            boolean isCommit,
            long bytes,
            @Nullable String problem) {}

    /** The snapshots of an earlier attempt cannot be read, so the run cannot be resumed from them. */
    public static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1;

        UnusableException(String what) {
            super(what);
        }
    }

    private CheckpointCoordinator(
            Plan plan,
            Transport transport,
            RankContext rankContext,
            @Nullable RankSnapshot restored,
            BooleanSupplier isAllSaid,
            Consumer<String> complaints) {
        this.plan = plan;
        this.transport = transport;
        this.rankContext = rankContext;
        this.restored = restored;
        this.isAllSaid = isAllSaid;
        this.complaints = complaints;
        this.intervalNs = plan.options().checkpoints().intervalMs() * 1_000_000L;
    }

    /**
     * Reads the snapshots that this rank takes over, if the run is resumed.
     *
     * @param isAllSaid whether all failures that rank 0 knows of are written down
     * @param complaints takes a line for the user, at rank 0
     */
    public static CheckpointCoordinator of(
            Plan plan,
            Transport transport,
            RankContext rankContext,
            BooleanSupplier isAllSaid,
            Consumer<String> complaints)
            throws UnusableException {
        try {
            RankSnapshot restored = RankSnapshot.restored(new WorkItemCodec(), plan, rankContext, transport.size());
            return new CheckpointCoordinator(plan, transport, rankContext, restored, isAllSaid, complaints);
        } catch (FileException | SpoolBlock.DamagedException e) {
            throw new UnusableException("the checkpoint cannot be read: " + e.getMessage());
        }
    }

    @Override
    public @Nullable RankSnapshot restored() {
        return restored;
    }

    @Override
    public void taken(int epoch, boolean stopped, RankSnapshot snapshot) {
        boolean flushed = !stopped;
        unflushed |= stopped;
        boolean flushesHost = flushed && transport.ranksOfHost()[0] == transport.rank();
        submit(epoch, false, () -> {
            if (flushesHost) {
                rankContext.flushTarget();
            }
            RankSnapshot.Head head = RankSnapshot.Head.of(plan, epoch, transport.rank(), transport.size());
            return rankContext.writeSnapshot(snapshot.encode(head), epoch, flushed);
        });
    }

    /** Does what is due; returns how much that was. */
    public int turn(Rank rank, TreeWorkload workload, long nowNs) {
        if (!plan.options().checkpoints().areTaken()) {
            return 0;
        }
        Message.Stop stop = rank.stopped();
        stopSeen = stop != null;
        int count = takeIn(rank, workload);
        if (transport.rank() != 0) {
            return count;
        }
        String lockless = toldLockless ? null : rankContext.lockless();
        if (lockless != null) {
            toldLockless = true;
            complaints.accept(
                    "warning: " + lockless + ", so that nobody can tell whether this run is alive: to resume it after"
                            + " a kill, delete its lock first");
        }
        String obstacle = complained ? null : rankContext.checkpointObstacle();
        if (obstacle != null) {
            complain(obstacle);
        }
        measurePause(rank, workload, nowNs);
        commit(rank);
        if (nextNs == 0) {
            nextNs = nowNs + intervalNs;
        }
        boolean isDue = stop == null ? nowNs - nextNs >= 0 : !atStop && isHurried(stop);
        if (isDue && rank.beginEpoch(transport)) {
            atStop = stop != null;
            count++;
        }
        return count;
    }

    /**
     * Where the destination is full there is time, and no room until nobody writes any more: then the rank takes the
     * last one itself.
     */
    private static boolean isHurried(Message.Stop stop) {
        return stop.code() == ExitCode.STOPPED.code() && Signals.isName(stop.reason());
    }

    private int takeIn(Rank rank, TreeWorkload workload) {
        int count = 0;
        for (Done next = done.poll(); next != null; next = done.poll()) {
            boolean ok = next.problem() == null;
            if (!ok) {
                complain(String.valueOf(next.problem()));
            }
            if (next.isCommit()) {
                committing = false;
                workload.count(Counter.CHECKPOINTS, ok ? 1 : 0);
                rank.endEpoch(ok, transport);
            } else {
                workload.count(Counter.CHECKPOINT_BYTES, next.bytes());
                rank.written(next.epoch(), ok, transport);
            }
            count++;
        }
        return count;
    }

    /** At rank 0, once all have written: makes the epoch valid, unless one of them could not. */
    private void commit(Rank rank) {
        Message.Written written = rank.writtenEpoch();
        if (written == null || committing || !isAllSaid.getAsBoolean()) {
            return;
        }
        nextNs = System.nanoTime() + intervalNs;
        if (!written.succeeded()) {
            complain("a rank could not write its part");
            rank.endEpoch(false, transport);
            return;
        }
        committing = true;
        boolean flushed = !unflushed && rank.stopped() == null;
        int epoch = written.epoch();
        submit(epoch, true, () -> {
            rankContext.beginCheckpoints();
            boolean isOneHost = transport.ranksOfHost().length == transport.size();
            rankContext.commit(epoch, transport.size(), flushed, isOneHost);
            return 0;
        });
    }

    private void measurePause(Rank rank, TreeWorkload workload, long nowNs) {
        if (rank.isPaused() && !wasPaused) {
            pausedSinceNs = nowNs;
        } else if (!rank.isPaused() && wasPaused) {
            workload.count(Counter.CHECKPOINT_PAUSE_NS, nowNs - pausedSinceNs);
        }
        wasPaused = rank.isPaused();
    }

    /** Not of a stopped run that has a checkpoint: its last line says from where it is resumed. */
    private void complain(String problem) {
        boolean isTold = complained || (stopSeen && rankContext.hasCheckpoint());
        if (!isTold && transport.rank() == 0) {
            complaints.accept("warning: no checkpoint could be written: " + problem + "; the run goes on");
        }
        complained = true;
    }

    private interface Writing {
        long write() throws FileException;
    }

    private void submit(int epoch, boolean isCommit, Writing writing) {
        if (writer == null) {
            writer = new Thread(this::work, "checkpoints");
            writer.setDaemon(true);
            writer.start();
        }
        toDo.add(() -> {
            long bytes = 0;
            String problem = null;
            try {
                bytes = writing.write();
            } catch (FileException e) {
                problem = String.valueOf(e.getMessage());
            } catch (Throwable e) {
                problem = e.toString();
            }
            done.add(new Done(epoch, isCommit, bytes, problem));
            LockSupport.unpark(loop);
        });
    }

    private void work() {
        try {
            while (true) {
                toDo.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing more is written. */
    @Override
    public void close() {
        if (writer != null) {
            writer.interrupt();
        }
    }
}

package org.pcircle.run;

import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Message;
import org.pcircle.circle.Rank;
import org.pcircle.report.ExitCode;
import org.pcircle.report.Fault;
import org.pcircle.transport.Transport;
import org.pcircle.work.ItemResult;
import org.pcircle.work.TreeTask;
import org.pcircle.work.WorkerContext;
import org.pcircle.workload.TreeWorkload;

/**
 * One rank at work: a single loop that takes in messages, folds in results, hands out items, steps the rank, and idles.
 * The loop makes no system call on files, so it answers at once while all workers sit in long ones.
 */
public final class RankLoop {

    /**
     * Who looks after the run from outside. Called every turn, before the rank's step, so that a stop is known before
     * what the step does for it.
     */
    public interface Observer {
        void observe(Rank rank, long nowNs);
    }

    /** Messages taken in before the workers are looked after again. */
    private static final int MESSAGES_PER_TURN = 64;

    private final Transport transport;
    private final Rank rank;
    private final TreeWorkload workload;
    private final IdleStrategy idle;
    private final Observer observer;
    private final ToIntFunction<Rank> conclusion;
    private boolean poolStopped;

    /**
     * @param observer is called every turn
     * @param conclusion is called once, at the root, when all is done; what it returns is everybody's exit code
     */
    public RankLoop(
            Transport transport, Rank rank, TreeWorkload workload, Observer observer, ToIntFunction<Rank> conclusion) {
        this.transport = transport;
        this.rank = rank;
        this.workload = workload;
        this.idle = transport.size() > 1 ? IdleStrategy.backingOff() : IdleStrategy.parking();
        this.observer = observer;
        this.conclusion = conclusion;
    }

    /**
     * Runs until all ranks are done.
     *
     * @param contexts makes the context of a worker, for the strategy of the command
     * @return the exit code that all ranks share
     */
    public int run(int workers, Function<TreeTask, WorkerContext> contexts) {
        try (WorkerPool pool = new WorkerPool(workers, () -> contexts.apply(workload.task()))) {
            rank.begin(System.nanoTime(), transport);
            return work(pool);
        }
    }

    /**
     * Says that this rank cannot take part, so that nobody begins.
     *
     * @return the exit code that all ranks share
     */
    public int refuse(String reason) {
        try (WorkerPool nobody = new WorkerPool(0, () -> {
            throw new AssertionError("nobody needs a context");
        })) {
            rank.begin(System.nanoTime(), transport);
            rank.stop(ExitCode.USAGE.code(), reason, transport);
            return work(nobody);
        }
    }

    private int work(WorkerPool pool) {
        while (!rank.hasLeft()) {
            idle.idle(turn(pool));
        }
        return rank.exitCode();
    }

    private int turn(WorkerPool pool) {
        int workDone = transport.poll((from, message) -> rank.on(from, message, transport), MESSAGES_PER_TURN);
        workDone += fold(pool);
        workDone += handOut(pool, pool.size());
        long nowNs = System.nanoTime();
        observer.observe(rank, nowNs);
        rank.step(nowNs, transport);
        // Only what nobody else waits for is queued beyond the workers, so that none of them waits for the loop.
        workDone += rank.hasLifelineThieves() ? takeBack(pool) : handOut(pool, 2 * pool.size());
        if (rank.stopped() != null && !poolStopped) {
            poolStopped = true;
            pool.stop().forEach(rank::giveBack);
            workDone++;
        }
        if (rank.isFinished() && !rank.hasLeft()) {
            rank.exit(conclusion.applyAsInt(rank), transport);
        }
        return workDone;
    }

    private int handOut(WorkerPool pool, int upTo) {
        int count = 0;
        while (rank.inFlight() < upTo) {
            boolean isThrottled = workload.isThrottled(rank.round(), rank.isEpochOpen());
            Item item = isThrottled ? rank.takeFreeing() : rank.take();
            if (item == null) {
                break;
            }
            pool.submit(item);
            count++;
        }
        return count;
    }

    /** What is queued behind workers, who may sit in a system call for long, goes back to where it can be stolen. */
    private int takeBack(WorkerPool pool) {
        int count = 0;
        while (rank.inFlight() > pool.size()) {
            Item item = pool.takeBack();
            if (item == null) {
                break;
            }
            rank.giveBack(item);
            count++;
        }
        return count;
    }

    /** What workers have done while the rank is paused stays with them, and counts as not done. */
    private int fold(WorkerPool pool) {
        if (rank.isPaused()) {
            return 0;
        }
        int count = 0;
        for (WorkerPool.Completion done = pool.poll(); done != null; done = pool.poll()) {
            ItemResult result = done.result();
            if (result == null) {
                throw new WorkerFailedException(done.failure());
            }
            Effects effects = workload.apply(result);
            rank.fold(done.item(), effects, transport);
            @Nullable Fault full = result.full();
            if (full != null) {
                rank.stop(ExitCode.STOPPED.code(), "the destination is full: " + full, transport);
            }
            @Nullable Fault broken = result.broken();
            if (broken != null) {
                rank.stop(ExitCode.INTERNAL.code(), "the run's own files: " + broken, transport);
            }
            count++;
        }
        return count;
    }

    /** A worker threw, which is a defect of this program or the end of its memory. */
    public static final class WorkerFailedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        WorkerFailedException(@Nullable Throwable cause) {
            super(cause);
        }
    }

    /**
     * The first message of a run, handed down the tree to this rank: the plan, or word that there is none.
     *
     * @param own the root's, which makes it; null elsewhere
     */
    public static Message first(Transport transport, @Nullable Message own) {
        Message[] arrived = {own};
        IdleStrategy idle = IdleStrategy.backingOff();
        while (arrived[0] == null) {
            idle.idle(transport.poll((from, message) -> arrived[0] = message, 1));
        }
        return arrived[0];
    }
}

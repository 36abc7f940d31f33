package org.pcircle.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Message;
import org.pcircle.circle.Rank;
import org.pcircle.circle.RankOptions;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.Signals;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;
import org.pcircle.report.ExitCode;
import org.pcircle.report.Fault;
import org.pcircle.run.CheckpointCoordinator;
import org.pcircle.run.RankLoop;
import org.pcircle.transport.Transport;
import org.pcircle.work.RankContext;
import org.pcircle.work.Roots;
import org.pcircle.work.checkpoint.SnapshotStore;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkloadContext;

/** One run at one rank: the plan is made at rank 0 and goes down the tree, everybody works, rank 0 concludes. */
public final class Job {

    private final JobHooks hooks;
    private final RunSettings settings;
    private final Transport transport;
    private final Tree tree;
    private final JobIo io;
    private final long startNs = System.nanoTime();

    /** At rank 0, on the run that is resumed; null: a new one is begun. */
    private @Nullable OpenFile lock;

    Job(JobHooks hooks, RunSettings settings, Transport transport, JobIo io) {
        this.hooks = hooks;
        this.settings = settings;
        this.transport = transport;
        this.tree = new Tree(transport.rank(), transport.size());
        this.io = io;
    }

    /** Runs to the end and returns the exit code that all ranks share. */
    public int run() {
        Message first = RankLoop.first(transport, tree.isRoot() ? decide() : null);
        tree.toChildren(first, transport);
        if (first instanceof Message.Exit exit) {
            return exit.code();
        }
        return work(Plan.decode(((Message.Start) first).plan()));
    }

    /** At rank 0: the first message, with the plan or an exit code. */
    private Message decide() {
        try {
            io.outputs().want(settings.outputs());
            Planner.Planned planned = hooks.planner().plan(settings.threads() * transport.size());
            lock = planned.lock();
            io.refuseClashes(planned.plan());
            return new Message.Start(planned.plan().encode());
        } catch (UsageException e) {
            String signal = Signals.received();
            io.console()
                    .error(
                            signal == null
                                    ? String.valueOf(e.getMessage())
                                    : "stopped: " + signal + "; nothing was done");
            return new Message.Exit((signal == null ? ExitCode.USAGE : ExitCode.STOPPED).code());
        }
    }

    private int work(Plan plan) {
        try (RankContext rankContext = RankContext.open(plan, tree, lock);
                CheckpointCoordinator checkpointing = CheckpointCoordinator.of(
                        plan, transport, rankContext, io.asyncOutput()::isWrittenDown, io.console()::error)) {
            return work(plan, rankContext, checkpointing);
        } catch (Roots.UnreachableException | CheckpointCoordinator.UnusableException e) {
            return refuse(plan, "rank " + tree.rank() + " on " + hostName() + ": " + e.getMessage());
        }
    }

    private int work(Plan plan, RankContext rankContext, CheckpointCoordinator checkpointing) {
        RunLog log = newLog(plan);
        StealCounts stealing = new StealCounts();
        Consumer<Fault> faults =
                fault -> io.asyncOutput().writeDown(() -> log.errors().accept(fault));
        TreeWorkload workload = hooks.workloads().create(plan, newContext(stealing, faults, log, checkpointing));
        StopMessage stopMessage = newStopMessage(plan);
        StopRequests stops = new StopRequests(
                plan,
                transport,
                io.console(),
                () -> tree.size() > 1 && rankContext.speaksLast(),
                stopMessage::howToResume);
        ProgressOutput progress = tree.isRoot() ? newProgress(plan, log) : null;
        if (progress != null) {
            progress.begin();
        }
        RankLoop.Observer observer = (rank, nowNs) -> {
            stops.turn(rank, nowNs);
            checkpointing.turn(rank, workload, nowNs);
            if (progress != null) {
                progress.turn(rank, nowNs);
            }
        };
        Conclusion conclusion = newConclusion(plan, log, stopMessage);
        RankLoop loop = newLoop(plan, workload, stealing, observer, ended -> {
            io.asyncOutput().finish();
            if (progress != null) {
                progress.end(ended.totals());
            }
            log.timeline().end(ended.totals(), System.nanoTime());
            return conclusion.conclude(ended, workload.signed(), rankContext);
        });
        int code = loop.run(settings.threads(), rankContext::newWorker);
        if (!plan.options().checkpoints().areTaken()) {
            workload.removeUnfinished(rankContext, io.console()::error);
        }
        return code;
    }

    /** Reports that this rank cannot take part. */
    private int refuse(Plan plan, String why) {
        RunLog log = newLog(plan);
        StealCounts stealing = new StealCounts();
        TreeWorkload workload =
                hooks.workloads().create(plan, newContext(stealing, log.errors(), log, SnapshotStore.NONE));
        Conclusion conclusion = newConclusion(plan, log, newStopMessage(plan));
        RankLoop loop = newLoop(plan, workload, stealing, (rank, nowNs) -> {}, ended -> {
            io.asyncOutput().finish();
            return conclusion.conclude(ended, workload.signed(), null);
        });
        return loop.refuse(why);
    }

    private WorkloadContext newContext(
            StealCounts stealing, Consumer<Fault> faults, RunLog log, SnapshotStore snapshots) {
        return new WorkloadContext(
                tree, transport.ranksOfHost(), hostName(), stealing, faults, log.shares()::add, snapshots);
    }

    private RankLoop newLoop(
            Plan plan,
            TreeWorkload workload,
            StealCounts stealing,
            RankLoop.Observer observer,
            ToIntFunction<Rank> conclusion) {
        long reduceIntervalNs = plan.options().reduceIntervalMs() * 1_000_000L;
        RankOptions options = new RankOptions(
                tree,
                transport.ranksOfHost(),
                settings.threads(),
                reduceIntervalNs,
                plan.options().seed());
        Rank rank = new Rank(options, workload, stealing);
        return new RankLoop(transport, rank, workload, observer, conclusion);
    }

    private RunLog newLog(Plan plan) {
        return RunLog.of(hooks, settings, plan, io, tree.size() == 1, startNs);
    }

    private ProgressOutput newProgress(Plan plan, RunLog log) {
        boolean isSampled = settings.outputs().containsKey(CommandOption.REPORT);
        return new ProgressOutput(
                hooks.planner(), settings.progress(), io, plan, tree, isSampled ? log.timeline() : null, startNs);
    }

    private StopMessage newStopMessage(Plan plan) {
        return new StopMessage(hooks, settings, plan, tree.size());
    }

    private Conclusion newConclusion(Plan plan, RunLog log, StopMessage stopMessage) {
        return new Conclusion(hooks, settings, plan, io, log, stopMessage, startNs);
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "localhost";
        }
    }
}

package org.pcircle.cli.job;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Rank;
import org.pcircle.circle.Tree;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.console.ProgressKind;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Progress;
import org.pcircle.report.Timeline;

/** Shows progress during a run, and collects samples for its report; at rank 0. */
final class ProgressOutput {

    private final Planner planner;
    private final ProgressKind kind;
    private final JobIo io;
    private final Plan plan;
    private final Console.ProgressLine line;
    private final @Nullable SignatureForecast forecast;

    /** Collects samples; null: none. */
    private final @Nullable Timeline sampled;

    /** @param sampled collects samples; null: none */
    ProgressOutput(
            Planner planner,
            ProgressKind kind,
            JobIo io,
            Plan plan,
            Tree tree,
            @Nullable Timeline sampled,
            long startNs) {
        long reduceIntervalNs = plan.options().reduceIntervalMs() * 1_000_000L;
        this.planner = planner;
        this.kind = kind;
        this.io = io;
        this.plan = plan;
        this.sampled = sampled;
        this.line = io.console()
                .progress(kind, new Progress(startNs, reportLagNs(tree, reduceIntervalNs)), reduceIntervalNs, startNs);
        this.forecast = plan.task().signature() == null
                ? null
                : new SignatureForecast(plan.task().signature(), plan.options().workers(), startNs);
    }

    /** Time after which the counters of every rank have come up the tree: two intervals a level and a second. */
    private static long reportLagNs(Tree tree, long reduceIntervalNs) {
        return tree.size() == 1 ? 0 : 2L * tree.levels() * reduceIntervalNs + 1_000_000_000L;
    }

    /** Prints the run's ID, and the planner's note. */
    void begin() {
        if (plan.options().checkpoints().areTaken()) {
            line.begin(plan.id());
        }
        String note = io.quiet() || kind == ProgressKind.JSON ? null : planner.note(plan);
        if (note != null) {
            io.tell(note);
        }
    }

    /** Called every turn. */
    void turn(Rank rank, long nowNs) {
        if (forecast != null && forecast.isDue(nowNs)) {
            judge(forecast, Counter.SCANNED_BYTES.in(rank.totals()), nowNs);
        }
        // Asked first, as the output thread says when the next line is due.
        if (io.asyncOutput().isIdle() && line.isDue(nowNs)) {
            long[] totals = rank.totals();
            io.asyncOutput().write(() -> line.show(totals, nowNs));
        }
        if (sampled != null && sampled.isDue(nowNs)) {
            sampled.add(rank.totals(), nowNs);
        }
    }

    /** Prints a forecast of the signature's time, if that is long. */
    private void judge(SignatureForecast judging, long bytesFound, long nowNs) {
        if (judging.isWorthJudging(bytesFound, nowNs)) {
            io.asyncOutput().write(() -> {
                String text = judging.text(bytesFound);
                if (text != null) {
                    io.console().error(text);
                }
            });
        }
    }

    /** Ends the progress: all is done, and all output is written. */
    void end(long[] totals) {
        line.end(totals, System.nanoTime());
    }
}

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

/** Shows how far a run is while it goes on, and keeps samples of that for its report; at rank 0. */
final class ProgressOutput {

    private final ProgressKind kind;
    private final JobIo io;
    private final Plan plan;
    private final Console.ProgressLine line;
    private final @Nullable SignatureForecast forecast;

    /** Null: no samples are wanted. */
    private final @Nullable Timeline sampled;

    /** @param sampled gets samples as they become due; null: none are wanted */
    ProgressOutput(ProgressKind kind, JobIo io, Plan plan, Tree tree, @Nullable Timeline sampled, long startNs) {
        long reduceIntervalNs = plan.reduceIntervalMs() * 1_000_000L;
        this.kind = kind;
        this.io = io;
        this.plan = plan;
        this.sampled = sampled;
        this.line = io.console()
                .progress(kind, new Progress(startNs, reportLagNs(tree, reduceIntervalNs)), reduceIntervalNs, startNs);
        this.forecast =
                plan.signature() == null ? null : new SignatureForecast(plan.signature(), plan.workers(), startNs);
    }

    /** After how long every rank's counters have come up the tree, if none is held up: a second more than two intervals a level. */
    private static long reportLagNs(Tree tree, long reduceIntervalNs) {
        return tree.size() == 1 ? 0 : 2L * tree.levels() * reduceIntervalNs + 1_000_000_000L;
    }

    /** Says the name of the run, and what other runs have left where it goes. */
    void begin() {
        if (plan.checkpoints().areTaken()) {
            line.begin(plan.id());
        }
        String left = io.quiet() || kind == ProgressKind.JSON ? null : LeftBehind.line(plan);
        if (left != null) {
            io.tell(left);
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

    /** Has it said how long the signature of what has been found takes, if that is long. */
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

    /** All is done, and all that was handed to the output is written. */
    void end(long[] totals) {
        line.end(totals, System.nanoTime());
    }
}

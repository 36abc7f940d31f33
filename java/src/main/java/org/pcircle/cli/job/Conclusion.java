package org.pcircle.cli.job;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Message;
import org.pcircle.circle.Rank;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.PathText;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.ExitCode;
import org.pcircle.report.HtmlReport;
import org.pcircle.report.Summary;
import org.pcircle.work.RankContext;

/** At rank 0, when all is done: reports to the user, writes the output files, and decides the exit code. */
final class Conclusion {

    private final JobHooks hooks;
    private final RunSettings settings;
    private final Plan plan;
    private final JobIo io;
    private final RunLog log;
    private final StopMessage stopMessage;
    private final long startNs;

    Conclusion(
            JobHooks hooks,
            RunSettings settings,
            Plan plan,
            JobIo io,
            RunLog log,
            StopMessage stopMessage,
            long startNs) {
        this.hooks = hooks;
        this.settings = settings;
        this.plan = plan;
        this.io = io;
        this.log = log;
        this.stopMessage = stopMessage;
        this.startNs = startNs;
    }

    /**
     * Concludes the run.
     *
     * @param sum of all entries; null: no signature
     * @param rankContext null: this rank could not open the roots
     * @return the exit code of all ranks
     */
    int conclude(Rank rank, @Nullable DatasetSum sum, @Nullable RankContext rankContext) {
        long[] counters = rank.totals();
        boolean isTooLate = rankContext != null && rankContext.isFinished();
        Message.@Nullable Stop stop = isTooLate ? null : rank.stopped();
        boolean isWhole = stop == null && isWhole(counters);
        int exitCode = stop != null ? stop.code() : exitCode(counters, isWhole).code();
        io.outputs().attempt(log.errorFile(), log.errors()::close);
        Summary summary = new Summary(
                plan.id(),
                exitCode,
                stop == null ? null : stop.reason(),
                log.errors().fileWritten(),
                (System.nanoTime() - startNs) / 1e9,
                counters,
                log.shares());
        summarize(summary, exitCode);
        SignatureOutput signature = sum == null ? null : new SignatureOutput(hooks, plan, io, sum);
        if (isWhole && signature != null) {
            signature.write();
        }
        if (hasLostOutput()) {
            exitCode = Math.max(exitCode, ExitCode.SOME_FAILED.code());
        }
        warn(summary, rankContext);
        if (stop == null && signature != null) {
            signature.print(isWhole);
        }
        boolean isReaderGone = io.console().isReaderGone();
        if (io.console().hasLostResults() && !isReaderGone) {
            io.console().error("standard output cannot be written");
            exitCode = Math.max(exitCode, ExitCode.SOME_FAILED.code());
        }
        if (stop != null && stop.code() != ExitCode.READER_GONE.code()) {
            io.console()
                    .error(
                            exitCode == ExitCode.STOPPED.code()
                                    ? stopMessage.text(stop.reason(), rankContext)
                                    : stop.reason());
        }
        return isReaderGone && hooks.ending().onlyPrints() && stop == null ? ExitCode.READER_GONE.code() : exitCode;
    }

    private boolean isWhole(long[] counters) {
        return Counter.FAULTS.in(counters) == 0
                && (Counter.VANISHED.in(counters) == 0 || hooks.ending().ignoresVanished());
    }

    private ExitCode exitCode(long[] counters, boolean isWhole) {
        ManifestOutput manifest = hooks.ending().manifest();
        boolean isMismatch = (manifest != null && manifest.hasMismatch()) || Counter.MISMATCHES.in(counters) > 0;
        boolean isDone = isWhole && Counter.NOT_DELETED.in(counters) == 0;
        return isMismatch ? ExitCode.MISMATCH : isDone ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private void summarize(Summary summary, int exitCode) {
        if (!settings.quiet() && exitCode != ExitCode.USAGE.code()) {
            String text = hooks.ending().text(summary) + (settings.tellsOfRanks() ? summary.ranksText() : "");
            if (hooks.ending().isSummaryResult()) {
                io.console().result(text);
            } else {
                io.console().note(text);
            }
        }
        io.outputs().write(CommandOption.STATS, summary::writeJson);
        io.outputs()
                .write(
                        CommandOption.REPORT,
                        file -> new HtmlReport(
                                        hooks.command().word(),
                                        summary,
                                        settings.threads(),
                                        log.timeline().samples(),
                                        log.errors().kinds())
                                .write(file));
    }

    /** Whether an output could not be written, or the comparison failed; the latter is reported. */
    private boolean hasLostOutput() {
        ManifestOutput manifest = hooks.ending().manifest();
        List<String> failures = manifest == null ? List.of() : manifest.failures();
        failures.forEach(io.console()::error);
        return io.outputs().hasFailed() || !failures.isEmpty();
    }

    private void warn(Summary summary, @Nullable RankContext rankContext) {
        hooks.ending().warnings(plan, summary.counters()).forEach(io.console()::error);
        String leftOut = summary.leftOutText();
        if (leftOut != null) {
            io.console().error(leftOut);
        }
        byte[] leftBehind = rankContext == null ? null : rankContext.leftBehind();
        if (leftBehind != null) {
            io.console()
                    .error("warning: " + PathText.shown(leftBehind)
                            + " is left behind, as somebody has a file of it open; remove it when that is closed");
        }
    }
}

package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.plan.Plan;
import org.pcircle.report.ErrorList;
import org.pcircle.report.RankShare;
import org.pcircle.report.Timeline;

/**
 * What is collected during a run for its report at the end.
 *
 * @param errorFile path of the error list
 * @param errors the faults; at rank 0, as is the rest
 * @param shares what each rank did, as they report it
 * @param timeline the counters of all ranks over time
 */
@SuppressWarnings("ArrayRecordComponent")
record RunLog(byte[] errorFile, ErrorList errors, List<RankShare> shares, Timeline timeline) {

    /** A single rank knows its counters at once. */
    private static final long SAMPLE_INTERVAL_MAX_NS = 100_000_000;

    /** @param isAlone whether there is one rank only */
    static RunLog of(JobHooks hooks, RunSettings settings, Plan plan, JobIo io, boolean isAlone, long startNs) {
        byte[] chosen = settings.outputs().get(CommandOption.ERRORS);
        byte[] file = chosen != null ? chosen : errorFile(hooks, plan).getBytes(UTF_8);
        ErrorList errors = new ErrorList(
                file,
                () -> io.outputs().openList(file, plan.isResumed()),
                settings.listsAllFailures() ? Integer.MAX_VALUE : ErrorList.SHOWN_MAX,
                io.console()::error);
        return new RunLog(file, errors, new ArrayList<>(), new Timeline(startNs, sampleIntervalNs(plan, isAlone)));
    }

    /** A resumed run appends to the list of earlier attempts. */
    private static String errorFile(JobHooks hooks, Plan plan) {
        String attempt = plan.isResumed() ? "." + plan.options().checkpoints().attempt() : "";
        return hooks.command().word() + "-errors-" + plan.id() + hooks.ending().errorListMark() + attempt + ".jsonl";
    }

    /** Other ranks report once in a reduce interval: more frequent samples would show the reports, not the work. */
    private static long sampleIntervalNs(Plan plan, boolean isAlone) {
        long reduceIntervalNs = plan.options().reduceIntervalMs() * 1_000_000L;
        return isAlone ? Math.min(reduceIntervalNs, SAMPLE_INTERVAL_MAX_NS) : reduceIntervalNs;
    }
}

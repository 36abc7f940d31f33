package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.settings.RunSettings;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Task;
import org.pcircle.report.ErrorList;
import org.pcircle.report.RankShare;
import org.pcircle.report.Timeline;

/**
 * What is kept of a run while it goes on, to be told at its end.
 *
 * @param errorFile the path of the list of what failed
 * @param errors what failed; at rank 0, as is the rest
 * @param shares what each rank did, as they report it
 * @param timeline the counters of all ranks over time
 */
@SuppressWarnings("ArrayRecordComponent")
record RunLog(byte[] errorFile, ErrorList errors, List<RankShare> shares, Timeline timeline) {

    /** A rank alone knows at once how far it is. */
    private static final long SAMPLE_INTERVAL_MAX_NS = 100_000_000;

    /** @param isAlone whether there is one rank only */
    static RunLog of(Command command, RunSettings settings, Plan plan, JobIo io, boolean isAlone, long startNs) {
        byte[] chosen = settings.outputs().get(CommandOption.ERRORS);
        byte[] file = chosen != null ? chosen : errorFile(command, plan).getBytes(UTF_8);
        ErrorList errors = new ErrorList(
                file,
                () -> io.outputs().openList(file, plan.isResumed()),
                settings.verbose() ? Integer.MAX_VALUE : ErrorList.SHOWN_MAX,
                io.console()::error);
        return new RunLog(file, errors, new ArrayList<>(), new Timeline(startNs, sampleIntervalNs(plan, isAlone)));
    }

    /** What an earlier attempt has listed stays. */
    private static String errorFile(Command command, Plan plan) {
        String discarded = plan.task() == Task.DISCARD ? ".discarded" : "";
        String attempt = plan.isResumed() ? "." + plan.checkpoints().attempt() : discarded;
        return command.word() + "-errors-" + plan.id() + attempt + ".jsonl";
    }

    /** Others are heard of once in a tally interval; more samples than that would show when they report, not what they do. */
    private static long sampleIntervalNs(Plan plan, boolean isAlone) {
        long reduceIntervalNs = plan.reduceIntervalMs() * 1_000_000L;
        return isAlone ? Math.min(reduceIntervalNs, SAMPLE_INTERVAL_MAX_NS) : reduceIntervalNs;
    }
}

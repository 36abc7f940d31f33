package org.pcircle.cli.job;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.plan.Plan;
import org.pcircle.report.Summary;

/** What a command reports at the end of a run, at rank 0. A command overrides the methods that apply to it. */
interface EndReport {

    /** Whether the summary is a result, for stdout; else it stands beside the result, on stderr. */
    boolean isSummaryResult();

    /** Whether the run only prints, so that it ends when its output has no reader any more. */
    boolean onlyPrints();

    /** The run in figures, for people. */
    default String text(Summary summary) {
        return summary.text();
    }

    /** Whether vanished source entries are no failures. */
    default boolean ignoresVanished() {
        return false;
    }

    /** Warnings about results that are no failures: lines for stderr. */
    default List<String> warnings(Plan plan, long[] counters) {
        return List.of();
    }

    /** The manifest or comparison; null: none. */
    default @Nullable ManifestOutput manifest() {
        return null;
    }

    /** Part of the name of the error list, behind the run's ID, where another command's run has that ID. */
    default String errorListMark() {
        return "";
    }

    /** What was not done with every entry, if failures prevent a signature, as the end of a sentence. */
    default String undone() {
        return "was done";
    }

    /** What to do after a stop instead of resuming, as the end of a sentence; null: the run is resumed. */
    default @Nullable String afterStop() {
        return null;
    }
}

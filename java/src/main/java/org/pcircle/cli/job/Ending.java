package org.pcircle.cli.job;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.plan.Plan;
import org.pcircle.report.Summary;

/** What a command says at the end of a run, at rank 0. A command implements what it has to say something of. */
interface Ending {

    /** Whether the summary is a result, for stdout; else it stands beside the result, on stderr. */
    boolean isSummaryResult();

    /** Whether all that the run is for is what it prints, so that it ends when nobody reads on. */
    boolean onlyPrints();

    /** The run in figures, for people. */
    default String text(Summary summary) {
        return summary.text();
    }

    /** Whether what vanishes from what is read is no failure. */
    default boolean ignoresVanished() {
        return false;
    }

    /** What the user may not expect, though it is no failure: lines for stderr. */
    default List<String> warnings(Plan plan, long[] counters) {
        return List.of();
    }

    /** What has been made of the records of all entries; null: nothing. */
    default @Nullable ManifestOutput manifest() {
        return null;
    }

    /** What has not been done with everything if there is no signature because of failures, as the end of a sentence. */
    default String undone() {
        return "was done";
    }

    /** What to do after a stop instead of resuming, as the end of a sentence; null: the run is resumed. */
    default @Nullable String afterStop() {
        return null;
    }
}

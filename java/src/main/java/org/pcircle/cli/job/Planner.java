package org.pcircle.cli.job;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.OpenFile;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;

/** Makes the plan of a run, at rank 0. */
interface Planner {

    /**
     * The plan.
     *
     * @param workers of all ranks together
     * @throws UsageException if it cannot be done
     */
    Planned plan(int workers) throws UsageException;

    /** A line for the user when the run begins; null: none. */
    default @Nullable String note(Plan plan) {
        return null;
    }

    /**
     * A plan that was made.
     *
     * @param lock on the resumed run, passed to the receiver; null: a new run
     */
    record Planned(Plan plan, @Nullable OpenFile lock) {}
}

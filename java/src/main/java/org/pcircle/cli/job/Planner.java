package org.pcircle.cli.job;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.OpenFile;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;

/** Makes the plan of a run, at rank 0. */
interface Planner {

    /**
     * What is to be done.
     *
     * @param workers of all ranks together
     * @throws UsageException if it cannot be done
     */
    Planned plan(int workers) throws UsageException;

    /**
     * A plan that was made.
     *
     * @param lock on the run that is resumed, the receiver's; null: a new one is begun
     */
    record Planned(Plan plan, @Nullable OpenFile lock) {}
}

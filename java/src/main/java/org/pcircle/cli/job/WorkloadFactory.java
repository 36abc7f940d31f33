package org.pcircle.cli.job;

import org.pcircle.plan.Plan;
import org.pcircle.workload.TreeWorkload;
import org.pcircle.workload.WorkloadContext;

/** Makes what one rank does for a plan. */
interface WorkloadFactory {
    TreeWorkload create(Plan plan, WorkloadContext context);
}

package org.pcircle.cli.job;

import org.pcircle.plan.Plan;
import org.pcircle.work.Post;
import org.pcircle.work.TreeWorkload;

/** Makes what one rank does for a plan. */
interface WorkloadFactory {
    TreeWorkload create(Plan plan, Post post);
}

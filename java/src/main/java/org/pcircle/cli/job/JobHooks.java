package org.pcircle.cli.job;

import org.pcircle.cli.option.Command;

/**
 * What a command hands to a {@link Job}, which does the rest for all of them.
 *
 * @param operands as the user gave them
 * @param planner is asked at rank 0 alone
 * @param workloads makes the workload of this rank
 * @param ending is asked at rank 0 alone
 */
record JobHooks(Command command, Operands operands, Planner planner, WorkloadFactory workloads, Ending ending) {}

package org.pcircle.cli.job;

import org.pcircle.cli.option.Command;

/**
 * The parts of a {@link Job} that differ between commands.
 *
 * @param operands as the user gave them
 * @param planner called at rank 0 only
 * @param workloads makes the workload of this rank
 * @param ending called at rank 0 only
 */
record JobHooks(Command command, Operands operands, Planner planner, WorkloadFactory workloads, EndReport ending) {}

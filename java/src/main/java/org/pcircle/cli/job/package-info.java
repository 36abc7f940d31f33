/**
 * One run of a command at one rank, from the plan to the exit code that all ranks share.
 *
 * <pre>
 *   rank 0:  look at output files, read input files, find and lock the run to resume, make the Plan
 *            any UsageException: Message.Exit(2), nothing was touched
 *   all:     receive Message.Start(plan), hand it down the tree
 *            open the roots and the run's files (RankContext); a rank that cannot: Stop
 *            RankLoop.run, with an observer called at each turn, which
 *              looks for signals and for a reader that has gone, and stops the run (StopRequests)
 *              lets CheckpointCoordinator do what is due
 *              shows progress and samples the timeline (ProgressOutput)
 *   rank 0:  conclude (Conclusion): error list, summary, statistics, report, manifest; Message.Exit down the tree
 * </pre>
 *
 * <p>What a command does differently is handed in ({@code JobHooks}): a {@code Planner}, a {@code WorkloadFactory} and
 * an {@code EndReport}. A new command brings these three.
 *
 * <p><b>Output files</b> are looked at before the run begins, and nothing is made or emptied by that; at the end each
 * is tried, whatever became of the others. No output file may be a source, a target or an input.
 *
 * <p><b>Resuming.</b> {@code ResumableRun} finds a stopped run by its ID and destination or by the path of its
 * checkpoint, takes its lock, and then reads the newest checkpoint that holds: one that was flushed, or was taken in
 * this boot of this host. Relative paths of the plan are relative to where the run was begun. Only the way of doing it
 * is replaced (workers, intervals), never what is done. {@code ResumeCommand} makes the line that resumes a run, with
 * absolute paths, to be pasted into any shell.
 *
 * <p><b>A lost rank.</b> mpirun sends SIGTERM to the others and SIGKILL a second later, while they wait for the lost
 * rank. So after 0.6 s of SIGTERM rank 0 says how to resume ({@code ResumeHint}); if rank 0 is the lost one, the rank
 * that gets its lock does.
 *
 * <p><b>Giving up.</b> {@code DeadRun} finds and locks a run as {@code ResumableRun} does, and holds the lock while
 * {@code DiscardWorkload} deletes what the run has left.
 *
 * <p>All of it runs on the main thread, but for {@code AsyncOutput} and the checkpoints' writer. Exit codes:
 * {@code report.ExitCode}; of several the highest precedence counts.
 */
@NullMarked
package org.pcircle.cli.job;

import org.jspecify.annotations.NullMarked;

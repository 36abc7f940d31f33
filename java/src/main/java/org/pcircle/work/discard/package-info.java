/**
 * {@code fcp --discard=ID DEST}: deletes what a stopped run has left, so that it cannot be resumed any more.
 *
 * <pre>
 *   rank 0 finds the run and takes its lock (cli.job.DeadRun); nobody resumes it meanwhile
 *   round search:     DiscardIn(directory)         the target's tree, shared out like any walk
 *                       DiscardListed, one buffer an item: unlinks regular files named .fcp.ID.HASH
 *                       or .fcp.ID.HASH+
 *                     DiscardNamed                 where the run had one file as its target
 *   round own files:  DiscardOwnFiles              at rank 0, only if nothing failed: .fcp/ID, records of
 *                                                  checkpoints last, then lock and directory
 * </pre>
 *
 * <p>Until the last round the run can be discarded again, or resumed. Nothing else is touched, no link is followed, and
 * what vanishes meanwhile is no failure.
 */
@NullMarked
package org.pcircle.work.discard;

import org.jspecify.annotations.NullMarked;

/**
 * How the protocol is tested: by a simulator, a second detector of termination, and a model.
 *
 * <pre>
 *   seed  to  ClusterOptions  to  VirtualCluster, in virtual time, with the ranks of production
 *                                   random latencies, order kept between two ranks only, as MPI promises
 *                                   loops that sleep as the real one does, slow ranks, items that hang
 *                                   shapes of work: bushy, one huge directory, one huge file, a deep chain, all at once
 *                                   items that spawn, send notices, split and list; a stop in the middle
 *                                   in half of the clusters epochs, and files that may fail to be written
 *         to  Attempts            when all ranks are lost, at any time and at each step of an epoch, or the run was
 *                                   stopped: resumed with another number of ranks from the last committed epoch
 *   failure   to  Shrinking       the simplest options that still fail, and the command that runs them alone
 * </pre>
 *
 * <p>Checked in every cluster: nothing is lost or done twice; no round begins before the previous one has ended
 * everywhere; nothing is in flight at the end; every rank leaves; the snapshots of an epoch hold every number once,
 * done or to be done, and all notices that were sent. {@code SafraRing} (Dijkstra, EWD 998) watches the same run with a
 * token that the ranks do not know: both detectors must end the same rounds, and neither before the truth.
 *
 * <p>20 000 clusters of 2 to 16 ranks run with the unit tests, a million with {@code -Pnightly}. Planted faults must be
 * caught: lost and doubled messages, a miscounted steal, a wave closed early; a rank that continues before all have
 * their snapshots, results that count while paused, running items left out, an epoch committed without a file, a file
 * deleted too early. {@code ClusterFigures} prints efficiency, detection time and messages for any number of ranks,
 * beside what a central queue without any cost would reach on the same work.
 *
 * <p>{@code src/test/promela/circle.pml} is the same protocol in Promela, name by name. Spin takes it through every
 * order of messages and choices for three and four ranks: no round ends early, nothing is lost or done twice, the
 * snapshots of an epoch hold each unfinished item once, no message is in flight when the last rank leaves, and every
 * rank leaves. {@code ModelTest} runs instances of it and planted mistakes, each of which must be found, and prints the
 * numbers of states.
 */
@NullMarked
package org.pcircle.circle;

import org.jspecify.annotations.NullMarked;

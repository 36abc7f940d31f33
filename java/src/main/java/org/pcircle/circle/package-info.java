/**
 * The pure core: a rank as a value that takes messages, work and the time, and says what to send. Work stealing with
 * lifelines (Saraswat et al., "Lifeline-based global load balancing", PPoPP 2011), termination by four counters
 * (Mattern, "Algorithms for distributed termination detection", 1987), and coordinated checkpoints.
 *
 * <p>Nothing here does I/O, starts a thread, reads a clock or knows MPI; three drivers share it unchanged: one
 * process ({@code run.RankLoop} over {@code transport.InProcess}), many processes ({@code transport.OpenMpi}) and the
 * simulator of the tests ({@code VirtualCluster}).
 *
 * <pre>
 *   on(message):    Grant   → WorkDeque                        fold(item, effects):   items   → WorkDeque
 *                   Request → Grant | Refusal                                         notices → Note to their ranks
 *                   Note    → Workload.receive → effects
 *                   Wave, Count → Termination                  take():   WorkDeque → worker, InFlightItems until folded
 *                   Quiesce … EpochEnded → Epoch
 *
 *   step():  serve lifelines     while a lifeline thief waits and more is here than own workers need: Grant
 *            seek work           hungry: Request to a random victim, twice at most; then Lifeline to each neighbour
 *            answer the wave     idle, and all children have answered: Count up the tree
 *            conclude            at the root, when the last round has ended: Finish, then Exit
 *            reduce              when it is due: Reduce, the counters of the subtree, up the tree
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>An item is in one place: a deque, with a worker, in one message, or done.
 *   <li>Only {@linkplain org.pcircle.circle.Message.Peer#createsWork() grants and notes} create work at their receiver,
 *       and each is counted once where it is sent and once where it arrives. Two waves in a row with equal, balanced
 *       sums: no work anywhere.
 *   <li>An active lifeline is known at both ends, or its {@code Lifeline} is under way.
 *   <li>All ranks take the snapshot of an epoch in the same round, with no work under way, before any of them goes on.
 *   <li>Nobody leaves while a message is under way.
 * </ul>
 *
 * <p>{@code VirtualCluster} checks them in simulated runs against a second detector, Safra's ring (Dijkstra, EWD 998);
 * {@code circle.pml} is the same as a model, of which Spin looks at every order of events.
 */
@NullMarked
package org.pcircle.circle;

import org.jspecify.annotations.NullMarked;

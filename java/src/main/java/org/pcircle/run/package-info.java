/**
 * One rank at run time: the loop that drives it, the threads that work for it, how the loop waits, and when checkpoints
 * are taken.
 *
 * <pre>
 *   RankLoop, until the rank has left:
 *     transport.poll        → rank.on                          at most 64 messages
 *     WorkerPool.poll       → workload.apply → rank.fold       results, unless the rank is paused
 *     rank.take             → WorkerPool.submit                an item for each free worker
 *     observer                                                 signals, progress, CheckpointCoordinator.turn
 *     rank.step             → transport.send
 *     rank.take, or take back                                  a second item for each worker, unless a thief waits
 *     IdleStrategy.idle                                        if nothing was done
 *
 *   CheckpointCoordinator.turn, at each rank:
 *     snapshot written      → rank.written
 *     at rank 0: due        → rank.beginEpoch;   all written → the record of the epoch → rank.endEpoch
 * </pre>
 *
 * <p>Invariants: only the loop's thread touches the rank, the workload and the transport; workers get items and give
 * results through queues, and the thread that writes checkpoints likewise. The loop makes no system call on files, so a
 * thief is answered while all workers sit in long ones. Every item that was taken is folded or given back. While
 * nothing else may be begun, as too much waits for acknowledgement, items that free memory still are.
 */
@NullMarked
package org.pcircle.run;

import org.jspecify.annotations.NullMarked;

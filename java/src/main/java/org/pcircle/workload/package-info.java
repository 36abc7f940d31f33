/**
 * Where items and notices meet: the workload of a rank for each command, the codec that knows every kind of both, and
 * nothing that opens a file.
 *
 * <pre>
 *   begin(round)              the first items of the round at this rank: Effects(items, notices)
 *   apply(ItemResult)         counters and sums added, children and notices handed on, faults sent to rank 0
 *   receive(from, Notice)     what it is about is brought up to date; Effects, perhaps items that follow from it
 *   snapshot(epoch, frontier) a RankSnapshot is filled, from immutable things and copies, for the SnapshotStore
 * </pre>
 *
 * <p>All of it runs on the rank's own thread; results come from workers through queues, complete. So no lock is needed,
 * and a result is applied wholly or not at all, as far as checkpoints can tell.
 *
 * <p>{@code TreeWorkload} is what all commands share: counters, the signature's sum, large files that this rank owns,
 * faults, shares. {@code CopyWorkload}, {@code SumWorkload} and {@code DiscardWorkload} add their rounds.
 *
 * <ul>
 *   <li>Only grants and notices create work at another rank, so only they are counted for termination.
 *   <li>Backpressure: a notice with something that the receiver writes down (faults, lines about changes, hard-link
 *       names, manifest records) is answered with an {@code Ack}. A rank with three unacknowledged begins no more
 *       items. A notice carries at most 128 KiB, or one path. The reader of lines about changes who is
 *       slow is awaited by a worker of rank 0 ({@code AwaitOutput}), and {@code Ack}s wait for that.
 *   <li>Only the main round allows epochs. The rounds after it are short beside it, do no harm when they are done
 *       twice, and begin again from the last checkpoint.
 *   <li>The last round takes the run's files away, so it waits for checkpoints that are still being written. fsum with
 *       a manifest, or with something to compare with, needs its records to the end: there all checkpoints go first,
 *       and a run that is killed in that moment begins again.
 *   <li>{@code anyFailure} at rank 0 decides whether anything is deleted: entries that vanished are no failures. A rank
 *       that takes over failures of an earlier attempt sends rank 0 an empty list of faults: nothing is deleted then,
 *       and no manifest is whole.
 * </ul>
 *
 * <p>To add an item: a class in a room of {@code org.pcircle.work}, and a tag in {@code WorkItemCodec}. To add a
 * command: its strategy, a {@code WalkTask} like {@code CopyTask}, and a workload with its {@code Round}s in order, each
 * with what it begins.
 */
@NullMarked
package org.pcircle.workload;

import org.jspecify.annotations.NullMarked;

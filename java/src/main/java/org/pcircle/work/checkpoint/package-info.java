/**
 * What a checkpoint holds of a rank, and the files of checkpoints.
 *
 * <pre>
 *   paused rank:    workload.snapshot(epoch, frontier)
 *                     RankSnapshot: counters, signature's sum, items of the frontier (WorkItem.saved), large files with
 *                     what remains of each, spools as extents of their files and blocks in memory, tops
 *   writer thread:  one rank a host: flush the destination's file system; every rank: flush its spools
 *                   encode, 256 KiB at a time, into snapshot.E.R
 *   rank 0, all have written:   checkpoint.E.new, flush, rename to checkpoint.E;
 *                               delete what is older than the one before
 *
 *   resuming:       rank i of n decodes snapshot.E.r for all r with r mod n = i into one RankSnapshot
 *                     items run again; each record of a spool goes where it goes when it is found (RestoreSpool), so
 *                     hard-link names reach their new owners; large files are taken over (ResumeLargeFile)
 * </pre>
 *
 * <p>The files, in {@code .fcp/ID} of the destination, for fsum in {@code .fcp.ID/ID} of the current directory, or
 * where {@code --checkpoint-dir} says:
 *
 * <pre>
 *   lock           held by rank 0 (F_OFD_SETLK), so it goes with the process: nobody resumes a run that is alive.
 *                  Where files cannot be locked it stays unlocked, and a user who knows that the run is dead
 *                  deletes it before he resumes
 *   room           no data: 256 KiB a worker, at most 64 MiB are allocated, so that a full destination still takes
 *                  the last checkpoint
 *   checkpoint.E   journal.Checkpoint: makes epoch E valid; has the plan and the directory the run was begun in
 *   snapshot.E.R   RankSnapshot of rank R: sealed blocks of records; the first says of what, the last how many
 *   NAME.A.R       the spool NAME of rank R in attempt A; snapshots refer to extents of it
 * </pre>
 *
 * <ul>
 *   <li>Everything in a snapshot is immutable, or copied while the rank is paused; so another thread encodes it.
 *   <li>Before checkpoint.E exists, every snapshot.E.R is complete, and flushed unless the run stops.
 *   <li>An unflushed epoch counts only on the host and in the boot it was taken in; the last flushed one is kept
 *       besides.
 *   <li>Counters and sums are those of the checkpoint and of what was done since: nothing counts twice.
 *   <li>A write that fails costs the checkpoint, not the run; the user is told once.
 * </ul>
 *
 * <p><b>Epoch 0</b> has no snapshots: {@code WriteFirstCheckpoint} writes it when the top of the destination is
 * created, before anything in it; it means from the start. With {@code --files-from}, and for fsum, the first epoch is
 * the first that is due.
 *
 * <p><b>A full destination</b> is no hurry: the run waits until nobody copies any more before it takes its last
 * checkpoint, which may use {@code room}. A signal is: its checkpoint is taken at once, and not flushed.
 *
 * <p><b>What is redone.</b> What an earlier attempt finished after the checkpoint is recognised
 * ({@code batch/already_done.h}): the target has the source's type, size and mtime, which is set last, and has changed
 * since the run first began, by the clock of its file system; and the source has not changed since. Everything else is
 * made anew in place of what is there, temporary names included, as they follow from the final ones.
 * {@code DiscardNewerCheckpoints} deletes records newer than the resumed epoch first, as they no longer say what is
 * there.
 *
 * <p><b>The end.</b> {@code RemoveRunFiles}, one item, so that no stop comes between: rank 0 writes a checkpoint with
 * nothing left to do, deletes all other files, then that, its record first, then finishes the tops. A run that is
 * killed in these last calls cannot be resumed: all is in place but the metadata of the tops, which {@code -u} sees to.
 *
 * <p><b>Unlinking.</b> Nothing is unlinked that any rank has open: NFS ({@code .nfs*}) and FUSE ({@code .fuse_hidden*})
 * rename such a file in its directory, which then cannot be removed, and a rank on another host gets ESTALE. So ranks
 * close their spools ({@code CloseSpools}) before rank 0 deletes them in the next round, and rank 0 gives its lock up
 * last. What others have open may linger ({@code fs.Lingering}) and is no failure: a run's directory that holds nothing
 * else is told in a warning, its ID may be used again, and it is no run to resume.
 *
 * <p>Tests: {@code FatalStepIT} kills ranks before steps of all this. {@code Scratch.hiding()} is a file system that
 * hides unlinked files as NFS does, and fails where anything was unlinked while it was open.
 */
@NullMarked
package org.pcircle.work.checkpoint;

import org.jspecify.annotations.NullMarked;

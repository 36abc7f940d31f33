/**
 * The frame of an item of work. Each life cycle has a room below this one: {@code walk}, {@code batch},
 * {@code largefile}, {@code hardlink}, {@code mirror}, {@code filesfrom}, {@code checkpoint}, {@code manifest},
 * {@code spool}, {@code discard}. No room knows another one, but through the types here and through notices.
 *
 * <pre>
 *   worker thread:  ItemRunner.run(item, WorkerContext)
 *                     item.run(context, result)         opens files by Roots, calls the natives through fs
 *                       result: children, notices, counters, faults
 *                     counters of the native calls are added
 *   loop's thread:  workload.apply(result)
 * </pre>
 *
 * <p><b>Item.</b> Immutable data. It runs on any worker of any rank, calls nobody back, and throws nothing for a single
 * entry: a failure is a {@code Fault} in the result. A stop is looked for between entries and between pieces of at most
 * 16 MiB; what was not begun is spawned again. An item that holds something of its process is a {@code LocalItem} and
 * is never stolen. {@code WorkItem.saved} says what a checkpoint holds in its place: mostly itself; nothing if it
 * follows from something else that the checkpoint holds.
 *
 * <p><b>Notices.</b> {@code WorkNotice}: a message to a rank, perhaps the own one ({@code LocalNotice}). It says itself
 * which part of the receiver's state ({@code RankParts}) it is applied to, and whether it is acknowledged ({@code Ack},
 * {@code Unacknowledged}). What rooms share stands here: {@code EntryRef}, {@code HardLinkName},
 * {@code DirectoryCursor}, {@code BatchBuilder}.
 *
 * <p><b>TreeTask.</b> The strategy of a command: it makes the items ({@code EntryItems}) for the entries that a walk
 * finds, so that no kind of item knows another one, and a command that only reads cannot reach an item that writes.
 *
 * <p><b>Scopes.</b> {@code RankContext}: what the workers of a rank share, the roots and the run's files.
 * {@code WorkerContext}: one worker's buffers, allocated once (1.4 MiB; 2.4 MiB to verify; 4.4 MiB on Lustre), its
 * directories and its {@code CopyContext}. Used by one thread, but that any thread may ask it to stop.
 *
 * <p><b>Roots.</b> Everything below a root is reached from a descriptor. {@code OpenDirectories}: a worker keeps the
 * eight directories that it used last and opens what is below them from the nearest, so system calls grow with the
 * number of directories, not with their depth. All are forgotten after 64 items and after a second, and what is not
 * found from a kept directory is looked for from the top. A directory that is moved away while it is kept is still the
 * same directory. Before anything is deleted that a source directory was found to lack, its path must still lead to it.
 *
 * <p><b>Presence.</b> ENOENT says that an entry has vanished, or that its file system is not mounted any more; only the
 * first may lead to a deletion. An entry has vanished if
 * <ul>
 *   <li>its name is missing in the nearest directory that is left, opened again from the top;
 *   <li>the directory where its file system begins (top or mount point) has the inode that the plan describes;
 *   <li>this process sees all mounts on the way that it saw when it began;
 *   <li>that directory's device is the record's, where rank 0's device numbers are this host's.
 * </ul>
 * Tops and mount points never vanish.
 *
 * <p><b>Other runs.</b> {@code LeftFiles}: what unfinished runs keep in a tree is left out of a source and spared in a
 * target: their directories in its top, and files that grow. The walk asks no more than how a name begins; only a run
 * whose own directory stands in the top has files in the tree.
 *
 * <p><b>Changes.</b> With {@code -v}, and in a dry run, an item's result has lines that name what it changes
 * ({@code change.ChangeLines}), as the natives say ({@code fs.Changes}, {@code batch/difference.c}). They foresee what is
 * set of an entry that stays; what cannot be set is listed as a failure.
 *
 * <p><b>Dry run.</b> Items look at what they would have done something to ({@code DryRunDirectory},
 * {@code DryRunLinks}, {@code batch/dry_run.c}), say so, count it as done and spawn what they would have. Directories
 * are compared when they are entered, as nothing changes in them. How finely a target keeps times is taken from the
 * entry's own times, as nothing may be created to find out.
 *
 * <p><b>Signature.</b> {@code EntryDigester} hashes data from the buffer it was read into, once. An entry enters the
 * sum in the result of the item that completes it, and only if that went well. A range's sum goes to the file's owner
 * with {@code RangeDone}; the owner adds the file when it is finished and its source has not changed; the shares bring
 * the sums to rank 0. Without {@code --signature} nothing of it runs or is loaded.
 *
 * <p><b>Flushing</b> ({@code --fsync}). A file is flushed after its attributes and times and before its rename; a
 * directory when it is finished, which is after everything in it; the directories that hold the tops at the end. Links
 * and devices need no more than their directory. On file systems of servers (NFS, Lustre, GPFS) a range of a large file
 * is flushed in any case before it counts as done, as a close alone need not report what the server did not take.
 */
@NullMarked
package org.pcircle.work;

import org.jspecify.annotations.NullMarked;

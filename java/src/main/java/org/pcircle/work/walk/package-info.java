/**
 * Directories: creating, listing and finishing them.
 *
 * <pre>
 *   WalkDirectory(root, path, record)
 *     copy: create the target directory, mode 0700; Lustre: its default layout, before anything is in it
 *     remember it as PendingDirectory
 *     ListDirectory(root, path, cursor)
 *       one buffer of entries: getdents64, and statx for each
 *         directory           WalkDirectory            spawned first: done last, stolen first
 *         several names       HardLinkName, to its owner
 *         large file          CreateLargeFile
 *         else                into a batch of this directory
 *       more entries          ListDirectory(root, path, next cursor)
 *       a single batch is all: run it here
 *   later round:
 *     FinishDirectories(128 PendingDirectory)     owner, xattrs, ACL, mode, times; flush
 *     BottomUp                                    those that would lock their owner out, or that are removed
 * </pre>
 *
 * <p><b>DirectoryCursor.</b> Between two buffers only the offset is kept, so any number of listings may wait. Where
 * offsets do not outlive a descriptor ({@code filesystem/dir_offset.h}) the directory stays open and the item stays
 * with its rank. A checkpoint keeps the offset, or else the number of entries passed, which are skipped if the
 * directory has not changed; if it has, it is listed once more.
 *
 * <p><b>ListingContext.</b> A listing asks it for its worker, {@code SourceTrees} for directories and
 * {@code DirectoryStream} for entries: {@code WorkerContext}, {@code Roots} and {@code Directory} in a run; tests have
 * directories in memory.
 *
 * <p>Listings stay with their rank, go on while less than 4 MiB of encoded items wait there, and pause while there is
 * more ({@code circle.WorkDeque}).
 *
 * <ul>
 *   <li>A directory gets its mode and times when nothing changes in it any more, so never before its children.
 *   <li>A directory that its owner could not read or enter afterwards is told to rank 0 ({@code LockedDirectoryFound}),
 *       which finishes all such, sorted backwards by path, in one pass: each is reachable when its turn comes.
 *   <li>The tops come last of all ({@code TopCreated}), as they hold the run's files.
 *   <li>A directory that is the top of its own target is a fault and is not entered.
 *   <li>Where modes are not preserved, the final mode is settled when the directory is created, as nobody could tell
 *       later.
 * </ul>
 */
@NullMarked
package org.pcircle.work.walk;

import org.jspecify.annotations.NullMarked;

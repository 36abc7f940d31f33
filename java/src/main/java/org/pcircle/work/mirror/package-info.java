/**
 * {@code --delete}: what the target has and the source lacks (<em>extraneous</em>, as rsync(1) has it) is deleted.
 *
 * <pre>
 *   round count, with --max-delete, only if rank 0 was told of no failure:
 *     DeleteExtraneous(root, path, extraneous, COUNT)    as below; tells rank 0 how many (ExtraneousCounted)
 *   round count directories, at rank 0:
 *     BottomUp            counts those that would become empty (Emptied)
 *   round deletions, only if rank 0 was told of no failure, and of no more than --max-delete:
 *     DeleteExtraneous(root, path, extraneous, DELETE)
 *       extraneous itself: make it writable for its owner; tell rank 0 (ExtraneousDirectoryFound)
 *       CompareDirectory, one buffer of the target's entries an item
 *         look the names up in the source
 *         directory       DeleteExtraneous
 *         else, lacking   Removal: unlink; with --max-delete ask rank 0 (DeletionsWanted), then DeleteNames
 *   round extraneous directories, at rank 0:
 *     BottomUp            rmdir, sorted backwards by path: each after all that it held
 *   round blocked:        entries are copied that one of them was in the way of
 * </pre>
 *
 * <p>Nothing is deleted
 * <ul>
 *   <li>after any failure in the run; entries that vanished from the source are none;
 *   <li>before the source directory is known to be still at its path, and its file system to be mounted
 *       ({@code work.Presence}), looked at after the look that missed the entry;
 *   <li>that is excluded, or mounted in the target with {@code -x};
 *   <li>that an unfinished run keeps there, or that a file system keeps of an open file ({@code fs.Lingering}); nor
 *       directories that hold nothing else;
 *   <li>that the source has under another spelling which the target takes for the same.
 * </ul>
 *
 * <p>In a dry run, and while entries are counted, nothing becomes empty, so rank 0 computes what would ({@code
 * Emptied}): what stays in an extraneous directory is told to rank 0 like the directories, with a mark, and keeps its
 * parents. In a dry run it also knows so which entries would still be blocked, and keeps all that in memory.
 *
 * <p>Between the count and the deletions more entries may come to lack their source. {@code DeletionLimit} sees to it
 * that no more than {@code --max-delete} are deleted then, over all ranks: rank 0 deals them out.
 */
@NullMarked
package org.pcircle.work.mirror;

import org.jspecify.annotations.NullMarked;

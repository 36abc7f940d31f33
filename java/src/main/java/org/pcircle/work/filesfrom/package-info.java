/**
 * {@code --files-from}: only the entries that the user lists.
 *
 * <pre>
 *   round list, at rank 0:   ReadFilesFrom    128 KiB of the list an item; paths without "." and ".." into a spool
 *   round copy, at rank 0:   CopyFilesFrom    sorts the spool: each directory stands right before all that is in it
 *                            for each block of paths:
 *                              describe the entry; not excluded, not another run's
 *                              create the directories on the way, each once
 *                              directory: WalkDirectory, all that it holds; large: CreateLargeFile; else into batches
 * </pre>
 *
 * <p>The list may be a pipe: it is read once, by one thread at a time, and its beginning before anything is done. No
 * path is longer than 1 MiB. A path that leads out of the tree is a fault.
 *
 * <p>Because of the order, what has to be remembered is the last path, the directory created last, and the directory
 * that was listed last and covers what is in it ({@code Place}): that is all a checkpoint holds, besides the spool
 * itself.
 */
@NullMarked
package org.pcircle.work.filesfrom;

import org.jspecify.annotations.NullMarked;

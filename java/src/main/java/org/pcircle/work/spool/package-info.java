/**
 * Items that write, read, sort and close a rank's spools ({@code journal.Spool}): records set aside for a later round.
 *
 * <pre>
 *   loop's thread:   spool.append(record)        returns a block to be written, once the memory is full
 *                    WriteSpool(block, offset)   an item, so that the loop never waits for a disk
 *   later round:     ReadSpool(from, to)         one block an item; spawns what its records stand for
 *   or:              SortedSpool.sortFurther     one step an item, then blocks in order
 *   or:              BottomUp                    directories, sorted backwards by path: each after what it holds
 *   resumed run:     RestoreSpool(file, from, to)  records of an earlier attempt go where they go when they are found
 *   last but one:    CloseSpools                 so that rank 0 may delete the files
 * </pre>
 *
 * <p>A {@code WriteSpool} frees memory, so a rank runs it before all other items ({@code Item.freesMemory}): blocks
 * that wait are those that the results of the items in flight fill. Notices whose records are spooled are acknowledged
 * when less than 1 MiB of blocks waits ({@code UnwrittenBlocks}), so that three notices of each sender are the bound.
 *
 * <p>All but {@code RestoreSpool} are {@code LocalItem}s: the file is this rank's. A spool's file is
 * {@code NAME.ATTEMPT.RANK} in the run's directory; it is created when it is first needed, which in a small run is
 * never.
 *
 * <p>If a spool cannot be read the run cannot go on; if there is no room to write or to sort it, the run stops as it
 * does when the destination is full, and the item is kept. In a checkpoint a spool is what its file holds of written
 * blocks and the others as they are in memory: a {@code WriteSpool} that waits is saved as its block, not as an item.
 */
@NullMarked
package org.pcircle.work.spool;

import org.jspecify.annotations.NullMarked;

/**
 * What a run writes down: formats, spools, and how spools are sorted. It knows formats, not file systems: files are
 * {@code BlockFile}s of others.
 *
 * <pre>
 *   Spool.append(record)      the first mebibyte stays in memory, so that a small run writes nothing
 *     a full SpoolBlock       handed out as a Write (block, offset): a worker writes it, so that
 *                             the loop never waits for a disk
 *   SpoolSort.step            as many records as fit into 8 MiB, sorted, written as a run
 *                             then up to 32 runs merged into one, to and fro between two more files
 *   Checkpoint                one sealed block; makes an epoch valid
 * </pre>
 *
 * <p>Invariants: blocks follow one another without a gap and each has a CRC32C; the spool itself is left as it is while
 * it is sorted, since a checkpoint may hold it. Whatever does not decode is a {@code DamagedException}, never a wrong
 * record.
 *
 * <p>Memory: 1 MiB and two blocks of 256 KiB a spool; 8 MiB and two blocks while one is sorted. Disk: the spool, and
 * twice its length while it is sorted. Workers look for a stop between two steps; a step that failed may be repeated.
 * Each object is for one thread at a time.
 */
@NullMarked
package org.pcircle.journal;

import org.jspecify.annotations.NullMarked;

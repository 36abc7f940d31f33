/**
 * Small entries: up to 128 of one directory, 64 KiB of records, 16 MiB of data, in one native call or a few.
 *
 * <pre>
 *   BatchBuilder.add(entry)...        a batch as full as its limits allow
 *   CopyBatch.run
 *     source, target directory opened once
 *     while records are left:
 *       copyEntries(records, io)      as many as fit; contents stay in io where they are digested or verified
 *       EntryDigester.addEntries      with --signature
 *     for each record, by its outcome:
 *       done           counted
 *       not done       spawned again: the run stops, or the destination is full; alone if it has grown large
 *       already done   counted as recognised: an earlier attempt finished it
 *       up to date     counted
 *       EISDIR, --delete   waits as blocked until the extraneous directory is gone
 *       else           Fault
 *   SumBatch.run       the same with readEntries, no target
 * </pre>
 *
 * <p>The outcome stands in the entry's record; there is no object per entry. Records are in the machine's byte order.
 *
 * <p><b>A small file</b> gets its final name at once (O_EXCL) and its final times when it is complete; on failure it is
 * removed. Files under 64 KiB are read and written in one go, eight system calls each: there every other method costs
 * more than it gains. A native call copies as many files as fit into the buffer of 1 MiB; larger ones go by themselves,
 * leaf by leaf.
 *
 * <p><b>Existing targets</b> ({@code -f}, {@code -u}). EEXIST leads to a temporary name and a rename over the old
 * entry, which a failure leaves alone. With {@code -u} an entry is looked at first ({@code batch/update.h}): one
 * fstatat for a file that is up to date. Times are compared as finely as the target keeps them, and as it clamps those
 * that it cannot hold; a trial file tells that once, and times that every file system holds need no trial. A target
 * with more names than the source is never up to date: it may share its inode with something else.
 *
 * <p><b>Names folded together.</b> Where the target ignores case, what is in the way may be the copy of another entry
 * of the same source directory. {@code filesystem/name_folding.h} asks the target: does the name in another case lead
 * somewhere? If so, the spelling that the target has stored says whose it is, and the other entry fails. Where that
 * spelling is nobody's, the first in the order of bytes may have it, so that no two ranks have to agree. Large files
 * are renamed to a free name before they replace anything. An old spelling stays, so {@code --delete} looks for the
 * source's spelling.
 *
 * <p><b>Waiting for a flush</b> ({@code --checksum}, {@code --fsync}; {@code batch/flush_group.h}). The files of one
 * call are all filled, 128 at most and as many as fit into half of the buffer; writing begins for all; each is flushed,
 * which commits a journal once for all of them; each is read back into the other half and compared byte for byte with
 * memory; only then come attributes, times and names. What differs is emptied, written once more from memory and looked
 * at again.
 *
 * <p><b>fsum</b> reads with one byte more asked for than there should be. A file that no longer has the size or mtime
 * of the listing is a failure, as no signature could say which of its versions it is of.
 */
@NullMarked
package org.pcircle.work.batch;

import org.jspecify.annotations.NullMarked;

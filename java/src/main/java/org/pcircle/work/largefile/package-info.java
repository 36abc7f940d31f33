/**
 * Files that several workers copy, or only read, range by range.
 *
 * <pre>
 *   CreateLargeFile.run                              this rank becomes the owner
 *     up to date, or finished by an earlier attempt: counted, end
 *     create .fcp.ID.HASH, mode 0600, with layout and length, all of it a hole
 *     FICLONE of the whole file?  yes, not digested: FinishLargeFile
 *     LargeFileTable.open:  remaining = [0, bytes);  spawn CopyRange [0, bytes)
 *   CopyRange.run                                    any worker of any rank
 *     copy, hash leaves where they are wanted (LeafCollector)
 *     verified?  VerifyRange to a rank of VerifierChoice        else RangeDone to the owner
 *     what is left: CopyRange
 *   VerifyRange.run                                  mostly on another host
 *     read back leaf by leaf; runs that are right: RangeDone to the owner
 *     a wrong run: CopyRange again, which punches a hole first; wrong again: RangeDone with a fault
 *   owner, RangeDone:  remaining -= [from, to);  sum += range's sum;  empty: FinishLargeFile
 *   FinishLargeFile.run
 *     source as its record says?  no: once more from the start; again no: completed with the time first seen, reported
 *     owner, xattrs, ACL, mode, capabilities, times, flush, rename over nothing but what is to be replaced
 *   FinishLargeSum.run                               no target: the file enters the signature if it has not changed
 * </pre>
 *
 * <p>Invariants, for each file of a {@code LargeFileTable}:
 * <ul>
 *   <li>remaining and done are disjoint, and together [0, bytes). A range that is reported twice is subtracted once.
 *   <li>The sum covers the leaves of done, each once. A sum cannot be taken apart, so a range that is done twice must
 *       have been cut in the same places.
 *   <li>A file is finished once, by its owner, when remaining is empty; only then has it its final name.
 *   <li>Of a file one fault is told, but every range where it differs.
 * </ul>
 *
 * <p><b>Cutting.</b> A worker takes the first chunk of a range, a thief the back half, so each worker keeps to one
 * contiguous run. Of a range of many chunks, which may be a hole for the most part, a worker takes a 64th, does one
 * chunk of <em>data</em>, skips the holes, and gives the rest back. Cuts are at {@code RangeBoundaries} (stripes of
 * Lustre), and at leaves where they are digested. Leaves in holes are known without reading.
 *
 * <p><b>Without copying.</b> Where files can share their data (reflink) they do, and are read besides if a signature is
 * wanted: target FILLED. fsum has target NONE. Both read leaf by leaf and leave holes out.
 *
 * <p><b>Verification.</b> Memory cannot vouch for a disk: data is flushed (fdatasync), the page cache is told to drop
 * it, and it is read with O_DIRECT where possible ({@code data/read_back.h}). tmpfs and ramfs are known to have nothing
 * else, and the summary says so. It is no phase of its own: each range is verified as soon as it is written. 16 ranges
 * of a rank are with others at most ({@code VerifyRequest}, {@code VerifyReply}); with more it reads back itself. Ranks
 * of other hosts come first, in turn, since the writer's host may answer from memory. The signature's sum of a range is
 * made of the same digests.
 *
 * <p><b>Resuming.</b> {@code ResumeLargeFile}: the remaining ranges if the temporary file is there; if not, the file
 * was completed after the checkpoint, or is begun anew under the other temporary name ({@code .fcp.ID.HASH+}): the same
 * checkpoint may be resumed once more, and does not speak of the new file.
 *
 * <p><b>LargeFileContext.</b> Items of ranges ask it for their file and their worker: {@code WorkerLargeFile} has them
 * from the file system, tests have both in memory.
 *
 * <p>A file that does not say how long it is (procfs) is measured once by reading it.
 */
@NullMarked
package org.pcircle.work.largefile;

import org.jspecify.annotations.NullMarked;

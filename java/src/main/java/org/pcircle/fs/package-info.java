/**
 * Files and directories as descriptors, entries as records, errors as errno. The only package that calls the natives,
 * and the only place where their failures become exceptions.
 *
 * <pre>
 *   Directory.open(base)              a path is used once, for the base of a root
 *     .beneath(path)                  openat2: RESOLVE_BENEATH, NO_SYMLINKS; one component at a time on older kernels
 *       .list(buffer)                 entry records at the start of a direct buffer
 *       .copyEntries(target, records) outcomes in the records
 *       .copyRange(...)               bytes done
 *   native &lt; 0                        FileException(operation, errno)
 * </pre>
 *
 * <p><b>Descriptors.</b> Nothing below a root is named by a full path, and names are opened with O_NOFOLLOW, so no link
 * swapped in leads elsewhere. Files are opened without waiting, as there may be FIFOs; a lease is waited for by trying.
 * Whoever opens something closes it; {@code Directory.share} counts.
 *
 * <p><b>Records.</b> {@code Entry} is a flyweight over records in native byte order ({@code record/entry.h} draws
 * them). Listing writes them, items carry them, copying reads them and writes each outcome into its record: no object
 * per file.
 *
 * <p><b>CopyContext</b> is one worker's: what the natives are told about how to copy, and what they count
 * ({@code record/context.h} draws it). One thread, but that any thread may call {@code stop}. Java enums that have a C
 * twin have its order; a test holds both to each other.
 *
 * <p><b>Data.</b> Holes are found by SEEK_DATA, in ranges too; a worker remembers the data last found, as tmpfs looks
 * at every page up to the next hole. {@code --sparse=always} leaves out blocks of 4 KiB of zeros, {@code never} fills
 * holes; both leave out the methods that could not. A source that changed meanwhile is copied once more, then kept with
 * the time first seen and reported. What will be read through the page cache is asked for 16 MiB at a time
 * (POSIX_FADV_WILLNEED).
 *
 * <p><b>Sizes.</b> A size is what a file says; only reading tells where it ends. So the read of a small file asks for
 * one byte more, and one read looks at the end of a large one when its ranges are done. A file with more or less, whose
 * size and time are as the listing said before and after, is one that does not say (procfs, sysfs, some on FUSE): it is
 * read to its end, and its record notes both sizes. Who must have it in memory, or copies it in ranges, learns its
 * length by reading it once ({@code Directory.measure}).
 *
 * <p><b>Attributes</b> ({@code attribute/attributes.h}): owner, extended attributes, ACL, mode, capabilities, times. A
 * file that will have an ACL, or gets one from its directory that it must not keep, is created for its owner alone.
 * EPERM, EOPNOTSUPP and the like are losses, counted by kind, or the entry's outcome where the user named the kind; any
 * other error (EIO) is the entry's outcome, but the entry gets all else. Modes are exact: the process clears its umask
 * and remembers it for its own files. Set-user-id is set only when owner and group are right, set-group-id when the
 * group is. Who lacks CAP_CHOWN keeps the groups he belongs to; that is known without trying, so a file whose group
 * stays gets its mode when it is created.
 *
 * <p><b>Lustre</b> ({@code filesystem/lustre_layout.h}): a new file gets its source's striping, or one for its size,
 * before its first byte. The attribute {@code lustre.lov} is set on a file without objects and read back, since Lustre
 * ignores without an error what comes too late; where that fails the file is made anew as its directory has it. How
 * many OSTs there are is not asked: the metadata server gives as many stripes as it can.
 *
 * <p><b>Retries</b> ({@code sys/retry.h}): a call that is interrupted or not ready is made again, a bounded number of
 * times and until a stop.
 *
 * <p><b>Signals</b> are noted in C ({@code sys/stop_signals.h}), by the launcher from its first step on, and polled at
 * each turn of a rank's loop.
 */
@NullMarked
package org.pcircle.fs;

import org.jspecify.annotations.NullMarked;

package org.pcircle.report;

import org.pcircle.circle.Counts;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.PreservedAttribute;

/** What each rank counts; the order is that of every array of counters. */
public enum Counter {
    /** Directories created. */
    DIRECTORIES("directories"),
    /** Regular files copied. */
    FILES("files"),
    /** Symbolic links copied. */
    SYMLINKS("symlinks"),
    /** FIFOs, sockets and devices created. */
    SPECIALS("specials"),
    /** Hard links created. */
    HARD_LINKS("hardLinks"),
    /** Entries found up to date and left alone, and directories that existed. */
    UP_TO_DATE("upToDate"),
    /** Entries left alone because they are newer in the destination. */
    NEWER_KEPT("newerKept"),
    /** Entries left alone because they exist in the destination, compared or not. */
    EXISTING_KEPT("existingKept"),
    /** Extraneous entries deleted from the destination. */
    DELETED("deleted"),
    /** Extraneous entries that were not deleted because they are more than --max-delete allows. */
    NOT_DELETED("notDeleted"),
    /** Bytes of file data in deleted files. */
    DELETED_BYTES("deletedBytes"),
    /** Bytes of file data copied, holes included. */
    BYTES("bytes"),
    /** Entries found in the source. */
    SCANNED("scanned"),
    /** Bytes of file data found in the source. */
    SCANNED_BYTES("scannedBytes"),
    /** Bytes of file data found that will not be copied: the files are up to date, or have failed. */
    PASSED_BYTES("passedBytes"),
    /** Scans begun: directories, lists and hard-link names found that may lead to more entries. */
    SCANS("scans"),
    /** Scans ended: these lead to no more entries. */
    SCANS_ENDED("scansEnded"),
    /** Entries that failed. */
    FAULTS("faults"),
    /** Directories of unfinished runs in the source, left out. */
    LEFT_OUT_RUNS("leftOutRuns"),
    /** Temporary files of such runs in the source, left out. */
    LEFT_OUT_FILES("leftOutFiles"),
    /** Entries of the source that vanished after they were listed; not counted as failed. */
    VANISHED("vanished"),
    /** Bytes of file data that were read back and are right. */
    VERIFIED("verifiedBytes"),
    /** Verified bytes that another rank had written. */
    VERIFIED_FOR_OTHERS("verifiedForOtherRanks"),
    /**
     * Small files, and ranges of large ones, that differed when they were read back and were right after a second copy.
     */
    REPAIRED("repaired"),
    /** Small files, and ranges of large ones, that differed after the second copy, too. */
    MISMATCHES("mismatches"),
    /** Small files, and ranges of large ones, that were read back from memory, which proves nothing. */
    UNPROVEN("unproven"),
    /** Entries that an earlier attempt had finished after its last checkpoint; also counted by type. */
    RECOGNISED("recognised"),
    /** Entries that earlier attempts had created or found up to date, according to the checkpoint. */
    RESTORED_ENTRIES("restoredEntries"),
    /** Bytes of file data that earlier attempts had copied, according to the checkpoint. */
    RESTORED_BYTES("restoredBytes"),
    /** Checkpoints taken. */
    CHECKPOINTS("checkpoints"),
    /** Nanoseconds that rank 0 was paused for them. */
    CHECKPOINT_PAUSE_NS("checkpointPauseNs"),
    /** Bytes written for checkpoints, without spools. */
    CHECKPOINT_BYTES("checkpointBytes"),
    /** Items of work done. */
    ITEMS("items"),
    /** Nanoseconds that workers were busy. */
    BUSY_NS("busyNs"),
    /** Bytes that each method moved, in the order of {@link IoMethod}. */
    MOVED_BUFFERED("buffered"),
    MOVED_DIRECT("direct"),
    MOVED_SPLICE("splice"),
    MOVED_COPY_FILE_RANGE("copy_file_range"),
    MOVED_REFLINK("reflink"),
    /** Entries of which an attribute of a kind was not preserved, in the order of {@link PreservedAttribute}. */
    NOT_PRESERVED_OWNERSHIP("ownership"),
    NOT_PRESERVED_MODE("mode"),
    NOT_PRESERVED_TIMESTAMPS("timestamps"),
    NOT_PRESERVED_LINKS("links"),
    NOT_PRESERVED_XATTR("xattr"),
    NOT_PRESERVED_ACL("acl"),
    NOT_PRESERVED_LAYOUT("layout"),
    /** Regular files found, by length: up to this limit and above the one before; see {@link FileSizes}. */
    SIZE_0("0"),
    SIZE_4K("4 KiB"),
    SIZE_64K("64 KiB"),
    SIZE_1M("1 MiB"),
    SIZE_16M("16 MiB"),
    SIZE_256M("256 MiB"),
    SIZE_4G("4 GiB"),
    SIZE_64G("64 GiB"),
    SIZE_LARGER("larger");

    private static final Counter[] ALL = values();

    public static final int COUNT = ALL.length;

    private final String key;

    Counter(String key) {
        this.key = key;
    }

    /** The counter's name in JSON. */
    public String key() {
        return key;
    }

    public long in(long[] counters) {
        return counters[ordinal()];
    }

    public void add(long[] counters, long amount) {
        counters[ordinal()] = Counts.sum(counters[ordinal()], amount);
    }

    /** The counter of bytes that a method moved. */
    public static Counter movedBy(IoMethod method) {
        return ALL[MOVED_BUFFERED.ordinal() - IoMethod.BUFFERED.ordinal() + method.ordinal()];
    }

    /** The counter of entries of which a kind of attribute was not preserved. */
    public static Counter notPreserved(PreservedAttribute kind) {
        return ALL[NOT_PRESERVED_OWNERSHIP.ordinal() + kind.ordinal()];
    }

    /** The counter of a fault's kind. */
    public static Counter of(Fault fault) {
        return fault.isVanished() ? VANISHED : FAULTS;
    }

    /** Bytes of file data that are copied, or will not be. */
    public static long settledBytes(long[] counters) {
        return Counts.sum(BYTES.in(counters), PASSED_BYTES.in(counters));
    }

    /** Entries of the destination that were kept though they may differ. */
    public static long kept(long[] counters) {
        return NEWER_KEPT.in(counters) + EXISTING_KEPT.in(counters);
    }

    /** Entries that are in place: created, found up to date, or kept. */
    public static long entries(long[] counters) {
        return DIRECTORIES.in(counters)
                + FILES.in(counters)
                + SYMLINKS.in(counters)
                + SPECIALS.in(counters)
                + HARD_LINKS.in(counters)
                + UP_TO_DATE.in(counters)
                + kept(counters);
    }
}

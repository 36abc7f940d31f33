package org.pcircle.report;

import org.pcircle.circle.Counts;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Kept;

/** What each rank counts; the order is that of every array of counters. */
public enum Counter {
    /** Directories made. */
    DIRECTORIES("directories"),
    /** Regular files copied. */
    FILES("files"),
    /** Symbolic links copied. */
    SYMLINKS("symlinks"),
    /** FIFOs, sockets and devices made. */
    SPECIALS("specials"),
    /** Names made of files that have others. */
    HARD_LINKS("hardLinks"),
    /** Entries found up to date and left alone. */
    UP_TO_DATE("upToDate"),
    /** Entries of the destination that the source lacks, taken away. */
    DELETED("deleted"),
    /** Bytes of file data in files that were taken away. */
    DELETED_BYTES("deletedBytes"),
    /** Bytes of file data copied, holes included. */
    BYTES("bytes"),
    /** Entries found in the source. */
    SCANNED("scanned"),
    /** Bytes of file data found in the source. */
    SCANNED_BYTES("scannedBytes"),
    /** Bytes of file data found that are not copied: their files are up to date, or have failed. */
    PASSED_BYTES("passedBytes"),
    /** Directories, lists and names of linked entries found that may hold more to do than is known. */
    SCANS("scans"),
    /** Those of them that hold no more. */
    SCANS_ENDED("scansEnded"),
    /** Entries that failed. */
    FAULTS("faults"),
    /** Directories in the source in which runs that are not finished keep their own files, left out. */
    LEFT_OUT_RUNS("leftOutRuns"),
    /** Files in the source that had been growing in such runs, left out. */
    LEFT_OUT_FILES("leftOutFiles"),
    /** Entries of the source that vanished after they were listed; they are not among those that failed. */
    VANISHED("vanished"),
    /** Bytes of file data that were read back and are what was copied. */
    VERIFIED("verifiedBytes"),
    /** Those of them that another rank had written. */
    VERIFIED_FOR_OTHERS("verifiedForOtherRanks"),
    /** Small files, and ranges of large ones, that were not what was copied, and were when they had been copied once more. */
    REPAIRED("repaired"),
    /** Those that still were not. */
    MISMATCHES("mismatches"),
    /** Small files, and ranges of large ones, that were read back from where that proves nothing. */
    UNPROVEN("unproven"),
    /** Entries that an earlier part of the run had finished after its last checkpoint; they are counted by type, too. */
    RECOGNISED("recognised"),
    /** Entries that earlier parts of the run had made, or found up to date, as its checkpoint says. */
    RESTORED_ENTRIES("restoredEntries"),
    /** Bytes of file data that earlier parts of the run had copied, as its checkpoint says. */
    RESTORED_BYTES("restoredBytes"),
    /** Checkpoints taken. */
    CHECKPOINTS("checkpoints"),
    /** Nanoseconds that rank 0 was paused for them. */
    CHECKPOINT_PAUSE_NS("checkpointPauseNs"),
    /** Bytes written for them, spools not included. */
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
    /** Entries of which a kind of attribute could not be kept, in the order of {@link Kept}. */
    LOST_OWNERSHIP("ownership"),
    LOST_MODE("mode"),
    LOST_TIMESTAMPS("timestamps"),
    LOST_LINKS("links"),
    LOST_XATTR("xattr"),
    LOST_ACL("acl"),
    LOST_LAYOUT("layout"),
    /** Regular files found whose length is up to a limit and above the one before; see {@link FileSizes}. */
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

    /** Counts the bytes that a method moved. */
    public static Counter movedBy(IoMethod method) {
        return ALL[MOVED_BUFFERED.ordinal() - IoMethod.BUFFERED.ordinal() + method.ordinal()];
    }

    /** Counts the entries of which a kind could not be kept. */
    public static Counter lost(Kept kind) {
        return ALL[LOST_OWNERSHIP.ordinal() + kind.ordinal()];
    }

    /** Counts an entry that was not copied as it should be. */
    public static Counter of(Fault fault) {
        return fault.isVanished() ? VANISHED : FAULTS;
    }

    /** Bytes of file data of which it is settled what becomes of them. */
    public static long settledBytes(long[] counters) {
        return Counts.sum(BYTES.in(counters), PASSED_BYTES.in(counters));
    }

    /** Entries that are in place, whether they were made or found so. */
    public static long entries(long[] counters) {
        return DIRECTORIES.in(counters)
                + FILES.in(counters)
                + SYMLINKS.in(counters)
                + SPECIALS.in(counters)
                + HARD_LINKS.in(counters)
                + UP_TO_DATE.in(counters);
    }
}

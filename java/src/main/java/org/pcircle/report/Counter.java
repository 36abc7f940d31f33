package org.pcircle.report;

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
    /** Bytes of file data copied, holes included. */
    BYTES("bytes"),
    /** Entries found in the source. */
    SCANNED("scanned"),
    /** Bytes of file data found in the source. */
    SCANNED_BYTES("scannedBytes"),
    /** Entries that failed. */
    FAULTS("faults"),
    /** Items of work done. */
    ITEMS("items"),
    /** Nanoseconds that workers were busy. */
    BUSY_NS("busyNs");

    public static final int COUNT = values().length;

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
        counters[ordinal()] += amount;
    }

    /** Entries that are in place: directories, files, symbolic links and special files. */
    public static long entries(long[] counters) {
        return DIRECTORIES.in(counters) + FILES.in(counters) + SYMLINKS.in(counters) + SPECIALS.in(counters);
    }
}

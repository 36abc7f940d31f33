package org.pcircle.report;

/**
 * How far a run is, on one line, from the counters that the ranks have last reported: what is copied, out of at least what
 * has been found so far.
 */
public final class Progress {

    private final long startNs;
    private long previousNs;
    private long previousBytes;
    private long previousEntries;

    public Progress(long nowNs) {
        this.startNs = nowNs;
        this.previousNs = nowNs;
    }

    /** The line for now; rates are those since the last one. */
    public String line(long[] counters, long nowNs) {
        double seconds = Math.max(1e-9, (nowNs - previousNs) / 1e9);
        long bytes = Counter.BYTES.in(counters);
        long entries = Counter.entries(counters);
        String line = Quantity.seconds((nowNs - startNs) / 1e9)
                + "  " + Quantity.count(entries) + " of " + Quantity.count(Counter.SCANNED.in(counters)) + "+ entries"
                + "  " + Quantity.bytes(bytes) + " of " + Quantity.bytes(Counter.SCANNED_BYTES.in(counters)) + "+"
                + "  " + Quantity.count(Math.round((entries - previousEntries) / seconds)) + " entries/s"
                + "  " + Quantity.bytes((bytes - previousBytes) / seconds) + "/s";
        long faults = Counter.FAULTS.in(counters);
        previousNs = nowNs;
        previousBytes = bytes;
        previousEntries = entries;
        return faults == 0 ? line : line + "  " + Quantity.count(faults) + " failed";
    }
}

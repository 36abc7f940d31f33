package org.pcircle.report;

import java.util.ArrayDeque;

/**
 * Follows a run by the counters that the ranks have last reported, and makes a {@link ProgressReport} of them now and
 * then.
 *
 * <p>Whether everything has been found is not as plain as it looks, since no moment is the same at all ranks: a rank
 * may report that it has listed a directory before the rank that found the directory reports that. So the numbers of
 * scans begun and ended must agree, with the number ended as it was some time ago, when every rank has reported since
 * (Mattern's four-counter method, with time in the place of the second wave). If a rank is later than that, its next
 * report shows it, and the run does not count as scanned any more.
 *
 * <p>Ranks report now and then, so what has been added up between two looks says when they reported. Current rates are
 * those since the last report that is so old that every rank has reported since; some {@value #PAST_MAX} are kept for
 * that.
 *
 * <p>The time left is estimated from the recent rate: of the last {@value #WINDOW_S_MIN} seconds, or the last quarter
 * of the run, whichever is longer, as a moving average. So a large file that is left at the end is measured by itself
 * as soon as it has gone on for a while. An entry counts for as much as {@value #ENTRY_WEIGHT} bytes, as it does when
 * work is shared out.
 */
public final class Progress {

    /** Weight of an entry beside its data, in bytes. */
    static final int ENTRY_WEIGHT = 32 * 1024;

    private static final double WINDOW_S_MIN = 10;
    private static final double WINDOW_SHARE = 0.25;

    private static final int PAST_MAX = 16;

    /** Totals at a time. */
    private record Past(long ns, long bytes, long entries) {}

    private final long startNs;
    private final long reportLagNs;

    private final ArrayDeque<Past> past = new ArrayDeque<>();
    private long previousNs;
    private double previousWeight;
    private double pace;

    private long scansEnded = -1;
    private long scansEndedSinceNs;

    /**
     * From the start of a run.
     *
     * @param reportLagNs after which every rank has reported since, in nanoseconds; 0 for a rank alone
     */
    public Progress(long nowNs, long reportLagNs) {
        this.startNs = nowNs;
        this.previousNs = nowNs;
        this.reportLagNs = reportLagNs;
        past.add(new Past(nowNs, 0, 0));
    }

    /** The progress at this time. */
    public ProgressReport at(long[] counters, long nowNs) {
        return report(counters, nowNs, isScanned(counters, nowNs));
    }

    /** The final report, after the last report of all ranks. */
    public ProgressReport last(long[] counters, long nowNs) {
        return report(counters, nowNs, scansAgree(counters));
    }

    private ProgressReport report(long[] counters, long nowNs, boolean isScanned) {
        double elapsed = Math.max(1e-9, (nowNs - startNs) / 1e9);
        double since = Math.max(1e-9, (nowNs - previousNs) / 1e9);
        long bytes = Counter.BYTES.in(counters);
        long entries = Counter.entries(counters);
        long bytesFound = Counter.SCANNED_BYTES.in(counters);
        long entriesFound = Counter.SCANNED.in(counters);
        long faults = Counter.FAULTS.in(counters);
        // A source that changed is copied twice, and an entry in place may still have a fault.
        long bytesSettled = Math.min(bytesFound, Counter.settledBytes(counters));
        long entriesSettled = Math.min(entriesFound, entries + faults);
        double weight = weight(bytesSettled, entriesSettled);
        keepPace((weight - previousWeight) / since, since, elapsed);
        double left = weight(bytesFound, entriesFound) - weight;
        Past base = rateBase(nowNs);
        double sinceBase = Math.max(1e-9, (nowNs - base.ns) / 1e9);
        ProgressReport report = new ProgressReport(
                elapsed,
                entriesSettled,
                entriesFound,
                bytesSettled,
                bytesFound,
                isScanned,
                isScanned ? weight / Math.max(1, weight(bytesFound, entriesFound)) : Double.NaN,
                (entries - base.entries) / sinceBase,
                (bytes - base.bytes) / sinceBase,
                entries / elapsed,
                bytes / elapsed,
                isScanned && pace > 0 ? left / pace : Double.NaN,
                faults);
        previousNs = nowNs;
        if (nowNs - past.getLast().ns >= reportLagNs / PAST_MAX) {
            past.add(new Past(nowNs, bytes, entries));
        }
        previousWeight = weight;
        return report;
    }

    /** The last of the past that is old enough; the first if none is. What is older than it is forgotten. */
    private Past rateBase(long nowNs) {
        Past base = past.removeFirst();
        while (!past.isEmpty() && nowNs - past.getFirst().ns >= reportLagNs) {
            base = past.removeFirst();
        }
        past.addFirst(base);
        return base;
    }

    private void keepPace(double latest, double since, double elapsed) {
        double window = Math.max(WINDOW_S_MIN, WINDOW_SHARE * elapsed);
        // The plain mean at first, until that reaches too far back.
        pace += Math.max(since / elapsed, 1 - Math.exp(-since / window)) * (latest - pace);
    }

    private boolean isScanned(long[] counters, long nowNs) {
        long ended = Counter.SCANS_ENDED.in(counters);
        if (ended != scansEnded) {
            scansEnded = ended;
            scansEndedSinceNs = nowNs;
        }
        return scansAgree(counters) && nowNs - scansEndedSinceNs >= reportLagNs;
    }

    private static boolean scansAgree(long[] counters) {
        return Counter.SCANNED.in(counters) > 0 && Counter.SCANS.in(counters) == Counter.SCANS_ENDED.in(counters);
    }

    private static double weight(long bytes, long entries) {
        return bytes + (double) ENTRY_WEIGHT * entries;
    }
}

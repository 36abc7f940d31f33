package org.pcircle.it;

/** What many crashes came to. */
final class CrashFigures {

    int rounds;
    int stops;
    int begunAnew;
    private int kills;
    private int signals;
    private long entries;
    private long recognised;
    private long bytes;
    private long passedBytes;
    private long checkpoints;

    void count(Crash crash) {
        if (crash.isGentle()) {
            signals++;
        } else {
            kills++;
        }
    }

    /** The figures of a run that has ended, with what its earlier parts had counted up to their last checkpoints. */
    void add(Stats stats) {
        entries += stats.total("entries");
        recognised += stats.total("recognised");
        bytes += stats.total("bytes");
        passedBytes += stats.total("passedBytes");
        checkpoints += stats.total("checkpoints");
    }

    @Override
    public String toString() {
        return ("%d rounds without failure: %d kills, %d signals (%d said how to go on), %d begun anew; %d entries, of"
                        + " which %d recognised; %d bytes copied, %d not needed again; %d checkpoints")
                .formatted(
                        rounds, kills, signals, stops, begunAnew, entries, recognised, bytes, passedBytes, checkpoints);
    }
}

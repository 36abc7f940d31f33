package org.pcircle.it.resume;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.pcircle.it.support.Stats;

/** What many crashes came to. */
final class CrashFigures {

    int rounds;
    int stops;
    int begunAnew;
    private final int roundsWanted;
    private int kills;
    private int signals;
    private int resumed;
    private long filesAgain;
    private long bytesAgain;
    private final List<Double> firstSeconds = new ArrayList<>();
    private long entries;
    private long recognised;
    private long bytes;
    private long passedBytes;
    private long checkpoints;

    CrashFigures(int roundsWanted) {
        this.roundsWanted = roundsWanted;
    }

    void count(Crash crash) {
        if (crash.isGentle()) {
            signals++;
        } else {
            kills++;
        }
    }

    /** Adds what a run has made that was gone on with, whether it came to its end or not. */
    void add(CopySoFar.Resumed part) {
        resumed++;
        filesAgain += part.files();
        bytesAgain += part.bytes();
        if (!Double.isNaN(part.firstSeconds())) {
            firstSeconds.add(part.firstSeconds());
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
        return String.format(
                Locale.ROOT,
                """
                %d of %d rounds without failure: %d kills, %d signals (%d said how to go on), %d begun anew
                resumed %d times: first file made after %s; %d files of %d bytes that had been whole made once more
                at the ends: %d entries, of which %d recognised; %d bytes copied, %d not needed again; %d checkpoints""",
                rounds,
                roundsWanted,
                kills,
                signals,
                stops,
                begunAnew,
                resumed,
                firstShown(),
                filesAgain,
                bytesAgain,
                entries,
                recognised,
                bytes,
                passedBytes,
                checkpoints);
    }

    private String firstShown() {
        if (firstSeconds.isEmpty()) {
            return "no time";
        }
        Collections.sort(firstSeconds);
        int last = firstSeconds.size() - 1;
        return String.format(
                Locale.ROOT, "%.2f s (median; at most %.2f)", firstSeconds.get(last / 2), firstSeconds.get(last));
    }
}

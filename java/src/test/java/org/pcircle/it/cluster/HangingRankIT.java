package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;

/**
 * The only worker of one rank sits in a system call for long, as on a file server that does not answer. The others do
 * all the rest meanwhile, what waited at that rank included, progress is shown, and the end comes when the call
 * returns. {@code -Dhang.seconds=30} makes it last longer.
 */
class HangingRankIT {

    private static final int RANKS = 4;
    private static final int HANG_SECONDS = Integer.getInteger("hang.seconds", 8);
    private static final int DIRECTORIES = 1500;

    /** Makes the copy last long enough for every rank to get work: about a second with all four. */
    private static final int FILE_MICROS = 2000;

    /**
     * What must not wait for the hanging call may still wait for the machine, which other programs keep busy; but what
     * did wait for the call would take about twice as long.
     */
    private static final double SECONDS_MAX = HANG_SECONDS / 2.0;

    /** The time and the entries of a line of progress. */
    private static final Pattern PROGRESS = Pattern.compile("\"seconds\":([^,]+),\"entries\":(\\d+)");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** One file a directory, so that no other file is in one batch with the one that hangs. */
    @BeforeEach
    void makeTree() {
        scratch.shell("mkdir source; cd source; seq -f %%04g %d | xargs mkdir; for i in *; do echo $i > $i/file; done"
                .formatted(DIRECTORIES));
    }

    @ParameterizedTest(name = "rank {0}")
    @ValueSource(ints = {0, 1, 3})
    void othersDoAllTheRestMeanwhile(int rank) throws Exception {
        Fcp fcp = Slow.openingOnce(Slow.writes(Fcp.underMpirun(RANKS), FILE_MICROS), rank, "file", HANG_SECONDS);

        Outcome outcome = fcp.in(scratch)
                .run("--threads=1", "--progress=json", "--reduce-interval=0.2", "--stats=stats.json", "source", "copy")
                .assertCode(0);
        Instant ended = Instant.now();

        scratch.assertSame("source", "copy");
        List<Instant> written = timesWritten();
        Instant last = written.get(DIRECTORIES - 1);
        Instant lastButOne = written.get(DIRECTORIES - 2);
        Instant known = Files.getLastModifiedTime(scratch.resolve("stats.json")).toInstant();
        System.out.printf(
                "rank %d hangs for %d s: the last other file %.2f s before its return, the end known %.2f s after it, mpirun done %.2f s later%n",
                rank, HANG_SECONDS, seconds(lastButOne, last), seconds(last, known), seconds(known, ended));
        assertThat(seconds(lastButOne, last)).as("others' lead").isGreaterThan(HANG_SECONDS - SECONDS_MAX);
        assertThat(seconds(last, known)).as("detection").isLessThan(SECONDS_MAX);
        assertProgress(outcome.err());
    }

    /** All but the one file and its directory are counted long before the end, and no silence is long. */
    private static void assertProgress(String shown) {
        double previous = 0;
        List<Double> whileOneIsMissing = new ArrayList<>();
        for (MatchResult line : PROGRESS.matcher(shown).results().toList()) {
            double seconds = Double.parseDouble(line.group(1));
            assertThat(seconds - previous).as(shown).isLessThan(SECONDS_MAX);
            previous = seconds;
            if (Integer.parseInt(line.group(2)) == 2 * DIRECTORIES - 1) {
                whileOneIsMissing.add(seconds);
            }
        }
        assertThat(whileOneIsMissing).as(shown).hasSizeGreaterThanOrEqualTo(HANG_SECONDS / 2);
    }

    /** When the data of each copied file was there, in order: its inode is changed last when it gets its times. */
    private List<Instant> timesWritten() {
        String found = scratch.shell("find copy -type f -printf '%C@\\n'");
        return Arrays.stream(found.split("\n", -1))
                .filter(line -> !line.isEmpty())
                .map(HangingRankIT::instant)
                .sorted()
                .toList();
    }

    private static Instant instant(String secondsSince1970) {
        String[] parts = secondsSince1970.split("\\.", -1);
        return Instant.ofEpochSecond(Long.parseLong(parts[0]), Long.parseLong(parts[1].substring(0, 9)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}

package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long MIB = 1 << 20;

    private final long[] counters = new long[Counter.COUNT];

    @Test
    void beforeAllIsFoundItIsSaidToBeAtLeastThat() {
        found(100, 100 * MIB);
        done(10, 10 * MIB);
        scans(5, 4);

        ProgressReport report = new Progress(0, 0).at(counters, SECOND);

        assertThat(report.isScanned()).isFalse();
        assertThat(report.text(200))
                .isEqualTo("0:01  10 of 100+ entries  10.0 MiB of 100 MiB+  10.0 MiB/s  10 entries/s"
                        + "  mean 10.0 MiB/s, 10 entries/s");
    }

    @Test
    void whenAllIsFoundTheShareAndTheTimeLeftAreSaid() {
        found(100, 100 * MIB);
        done(25, 25 * MIB);
        scans(5, 5);

        ProgressReport report = new Progress(0, 0).at(counters, 10 * SECOND);

        assertThat(report.text(200)).startsWith("0:10  25%  25 of 100 entries  25.0 MiB of 100 MiB  2.50 MiB/s");
        assertThat(report.text(200)).contains("ETA 0:30");
    }

    @Test
    void anEntryFoundAtTheEndOfAllScansIsNotMissed() {
        scans(0, 0);
        assertThat(new Progress(0, 0).at(counters, SECOND).isScanned())
                .as("nothing reported yet")
                .isFalse();
        found(1, MIB);
        assertThat(new Progress(0, 0).at(counters, SECOND).isScanned())
                .as("one file")
                .isTrue();
    }

    /** Ranks report ten entries about once a second, and are looked at four times as often. */
    @Test
    void ratesAreThoseOfTheWorkAndNotOfItsReports() {
        Progress progress = new Progress(0, 3 * SECOND);
        found(1000, 1000 * MIB);
        scans(2, 1);
        for (int quarter = 1; quarter <= 40; quarter++) {
            if (quarter % 8 == 0 || quarter % 8 == 5) {
                done(10, 10 * MIB);
            }
            ProgressReport report = progress.at(counters, quarter * SECOND / 4);
            if (quarter > 12) {
                assertThat(report.entryRate()).as("after %d quarters", quarter).isBetween(6.0, 14.0);
                assertThat(report.byteRate()).isBetween(6.0 * MIB, 14.0 * MIB);
            }
        }
    }

    /** One rank has listed what another has found but not reported: the sums agree, and are wrong. */
    @Test
    void sumsThatAgreeByChanceAreNotBelievedBeforeEveryRankHasReported() {
        Progress progress = new Progress(0, 3 * SECOND);
        found(10, MIB);
        scans(7, 7);
        assertThat(progress.at(counters, SECOND).isScanned()).isFalse();
        scans(9, 7);
        assertThat(progress.at(counters, 3 * SECOND).isScanned()).isFalse();
        scans(9, 9);
        assertThat(progress.at(counters, 5 * SECOND).isScanned()).isFalse();
        assertThat(progress.at(counters, 7 * SECOND).isScanned()).isFalse();
        assertThat(progress.at(counters, 8 * SECOND).isScanned()).isTrue();
    }

    @Test
    void inTheEndTheSumsAreTrue() {
        found(10, MIB);
        scans(7, 7);
        assertThat(new Progress(0, 3 * SECOND).last(counters, SECOND).isScanned())
                .isTrue();
        scans(7, 6);
        assertThat(new Progress(0, 3 * SECOND).last(counters, SECOND).isScanned())
                .as("the run was stopped")
                .isFalse();
    }

    @Test
    void aSlowStartIsSoonForgotten() {
        Progress progress = new Progress(0, 0);
        progress.at(counters, SECOND / 2);
        found(1, 1000 * MIB);
        scans(1, 1);
        for (int tenth = 6; tenth <= 10; tenth++) {
            Counter.BYTES.add(counters, 100 * MIB);
            progress.at(counters, tenth * SECOND / 10);
        }
        Counter.BYTES.add(counters, 100 * MIB);
        assertThat(progress.at(counters, 11 * SECOND / 10).secondsLeft()).isBetween(0.4, 0.8);
    }

    @Test
    void whatIsUpToDateOrFailedIsSettledButNoRate() {
        found(100, 100 * MIB);
        scans(1, 1);
        Counter.UP_TO_DATE.add(counters, 50);
        Counter.PASSED_BYTES.add(counters, 60 * MIB);
        Counter.FAULTS.add(counters, 10);

        ProgressReport report = new Progress(0, 0).at(counters, SECOND);

        assertThat(report.entries()).isEqualTo(60);
        assertThat(report.bytes()).isEqualTo(60 * MIB);
        assertThat(report.share()).isEqualTo(0.6, within(1e-9));
        assertThat(report.byteRate()).isZero();
        assertThat(report.text(79)).contains("10 failed");
    }

    /** After 100 s of small files at 3 000 a second one file is left, of which 100 MiB a second are copied. */
    @Test
    void aLargeFileLeftAtTheEndIsMeasuredByItself() {
        Progress progress = new Progress(0, 0);
        int files = 300_000;
        long large = 60_000 * MIB;
        found(files + 1, files * 4096L + large);
        scans(1, 1);
        for (int second = 1; second <= 100; second++) {
            done(files / 100, files / 100 * 4096L);
            progress.at(counters, second * SECOND);
        }
        ProgressReport report = null;
        for (int second = 101; second <= 220; second++) {
            done(0, 100 * MIB);
            report = progress.at(counters, second * SECOND);
        }
        assertThat(report.secondsLeft()).isBetween(0.9 * 480, 1.1 * 480);
    }

    @Test
    void oneHundredPercentIsNeverShown() {
        found(10, MIB);
        done(10, MIB);
        scans(1, 1);
        assertThat(new Progress(0, 0).at(counters, SECOND).text(200)).contains("  99%  ");
    }

    @Test
    void eightyColumnsHoldWhatMattersOfALargeRun() {
        found(1_234_567_890, 5_000_000 * MIB);
        done(234_567_890, 3_000_000 * MIB);
        scans(1, 1);
        Counter.FAULTS.add(counters, 12);

        String line = new Progress(0, 0).at(counters, 7509 * SECOND).text(79);

        assertThat(line)
                .hasSizeLessThanOrEqualTo(79)
                .startsWith("2:05:09  23%  ")
                .contains("2.86 TiB of 4.77 TiB", "MiB/s", "12 failed");
    }

    @Property
    void theLineAlwaysFits(
            @ForAll @LongRange(min = 0, max = 1L << 60) long bytes,
            @ForAll @LongRange(min = 0, max = 1L << 50) long entries,
            @ForAll @LongRange(min = 0, max = 1_000_000) long faults,
            @ForAll boolean isScanned,
            @ForAll @LongRange(min = 1, max = 10_000_000) long seconds,
            @ForAll @IntRange(min = 8, max = 250) int columns) {
        long[] some = new long[Counter.COUNT];
        Counter.SCANNED.add(some, entries);
        Counter.SCANNED_BYTES.add(some, bytes);
        Counter.FILES.add(some, entries / 3);
        Counter.BYTES.add(some, bytes / 3);
        Counter.FAULTS.add(some, faults);
        Counter.SCANS.add(some, isScanned ? 0 : 1);

        String line = new Progress(0, 0).at(some, seconds * SECOND).text(columns);

        assertThat(line).isNotEmpty().hasSizeLessThanOrEqualTo(columns).doesNotContain("\n", "NaN", "Infinity");
        if (columns >= 40 && faults > 0) {
            assertThat(line).contains(" failed");
        }
    }

    private void found(long entries, long bytes) {
        Counter.SCANNED.add(counters, entries);
        Counter.SCANNED_BYTES.add(counters, bytes);
    }

    private void done(long entries, long bytes) {
        Counter.FILES.add(counters, entries);
        Counter.BYTES.add(counters, bytes);
    }

    private void scans(long begun, long ended) {
        counters[Counter.SCANS.ordinal()] = begun;
        counters[Counter.SCANS_ENDED.ordinal()] = ended;
    }
}

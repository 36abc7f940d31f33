package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private final long[] counters = new long[Counter.COUNT];

    @Test
    void oneOfAKindIsOne() {
        count(Counter.FILES, 1);
        count(Counter.DIRECTORIES, 1);
        count(Counter.HARD_LINKS, 1);
        count(Counter.UP_TO_DATE, 1);
        count(Counter.BYTES, 2048);

        assertThat(summary().text())
                .isEqualTo("4 entries (1 file, 1 directory, 0 symlinks), 2.00 KiB in 2.00 s: 2 entries/s, 1.00 KiB/s"
                        + "; 1 hard link; 1 was up to date");
    }

    @Test
    void aResumedRunTellsItsOwnPartBesideTheWhole() {
        count(Counter.FILES, 30);
        count(Counter.BYTES, 4096);
        count(Counter.RESTORED_ENTRIES, 10);
        count(Counter.RESTORED_BYTES, 1024);

        assertThat(summary().text())
                .isEqualTo(
                        "30 entries (30 files, 0 directories, 0 symlinks), 4.00 KiB; this attempt: 20 entries, 3.00 KiB"
                                + " in 2.00 s: 10 entries/s, 1.50 KiB/s");
    }

    @Test
    void aDryRunSaysWhatWouldBeDoneAndNoRates() {
        count(Counter.FILES, 2);
        count(Counter.DIRECTORIES, 1);
        count(Counter.DELETED, 4);
        count(Counter.UP_TO_DATE, 3);
        count(Counter.FAULTS, 1);

        assertThat(summary().previewText())
                .isEqualTo("would copy 3 entries (2 files, 1 directory, 0 symlinks), 0 B"
                        + "; 4 would be deleted; 3 are up to date\n1 entry failed");
    }

    private void count(Counter counter, long number) {
        counter.add(counters, number);
    }

    private Summary summary() {
        return new Summary("id", 0, null, null, 2, counters, List.of());
    }
}

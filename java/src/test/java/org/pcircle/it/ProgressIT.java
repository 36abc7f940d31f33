package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;

/** What is shown while a copy goes on. */
class ProgressIT {

    /** Each line of the bar takes the place of the one before. */
    private static final String NEXT_LINE = "\r\033[K";

    private static final Pattern ENTRIES = Pattern.compile(" s  (\\d+) of \\d+\\+ entries  ");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void theBarGrows(int ranks) {
        scratch.shell("for i in $(seq 20); do mkdir -p source/$i; head -c 1M /dev/urandom > source/$i/file; done");
        Fcp fcp = Slow.writes(Fcp.withRanks(ranks).in(scratch), 60_000 * ranks);

        Outcome outcome = fcp.run("--threads=1", "--progress=bar", "--reduce-interval=0.2", "source", "copy")
                .assertCode(0);

        List<Integer> entries = ENTRIES.matcher(outcome.err())
                .results()
                .map(shown -> Integer.parseInt(shown.group(1)))
                .toList();
        assertThat(entries).isSorted().hasSizeBetween(2, 20);
        assertThat(entries.get(0)).isLessThan(entries.get(entries.size() - 1));
        assertThat(outcome.err()).contains(NEXT_LINE).endsWith(NEXT_LINE);
    }
}

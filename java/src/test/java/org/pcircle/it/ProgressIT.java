package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;

/** What is shown while a copy goes on. */
class ProgressIT {

    /** Each line of the bar takes the place of the one before. */
    private static final String NEXT_LINE = "\r\033[K";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void theBarGrowsToTheEnd(int ranks) {
        scratch.shell("mkdir source; for i in $(seq 20); do head -c 1M /dev/urandom > source/$i; done");
        Fcp fcp = Slow.writes(Fcp.withRanks(ranks).in(scratch), 50_000 * ranks);

        Outcome outcome = fcp.run("--threads=1", "--progress=bar", "--reduce-interval=0.2", "source", "copy")
                .assertCode(0);

        List<Integer> entries = outcome.err()
                .lines()
                .flatMap(line -> Arrays.stream(line.split(Pattern.quote(NEXT_LINE))))
                .filter(line -> line.contains(" of 21+ entries"))
                .map(line -> Integer.parseInt(line.replaceAll(".* s  (\\d+) of 21\\+ entries  .*", "$1")))
                .toList();
        assertThat(outcome.err()).contains(NEXT_LINE);
        assertThat(entries).isSorted().hasSizeBetween(2, 20);
        assertThat(entries.get(0)).isLessThan(entries.get(entries.size() - 1));
    }
}

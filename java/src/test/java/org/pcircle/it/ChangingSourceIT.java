package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries that change between the moment they are found and the moment they are copied. */
class ChangingSourceIT {

    private static final int SLEEP_SECONDS = 2;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @CsvSource({"1, 10K", "4, 10K", "1, 20M", "4, 20M"})
    void aFileThatHasGrownIsCopiedAsItIsNow(int ranks, String size) {
        scratch.shell("mkdir source; head -c " + size + " /dev/urandom > source/slow-file");

        meanwhile(ranks, "echo more >> source/slow-file").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void aFileThatHasVanishedIsListed(int ranks) {
        scratch.shell("mkdir source; touch source/slow-file source/file");

        meanwhile(ranks, "rm source/slow-file").assertCode(1).assertOneComplaint("source/slow-file", "No such file");

        assertThat(scratch.shell("ls -A copy")).isEqualTo("file\n");
    }

    /** Copies, and does something to the source while fcp is about to open it. */
    private Outcome meanwhile(int ranks, String change) {
        Fcp fcp = Slow.opening(Fcp.withRanks(ranks).in(scratch), "slow-file", SLEEP_SECONDS);
        try (Running run = fcp.start("source", "copy")) {
            scratch.shell("until test -e copy; do sleep 0.1; done; sleep 1; " + change);
            return run.await("fcp", LIMIT);
        }
    }
}

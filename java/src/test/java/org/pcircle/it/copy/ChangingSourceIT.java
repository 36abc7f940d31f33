package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** Entries that change between the moment they are found and the moment they are copied. */
class ChangingSourceIT {

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

        meanwhile(ranks, "rm source/slow-file")
                .assertCode(1)
                .assertOneComplaint("source/slow-file", "vanished after it was listed");

        assertThat(scratch.shell("ls -A copy")).isEqualTo("file\n");
    }

    /** Copies, and does something to the source while fcp is about to open it. */
    private Outcome meanwhile(int ranks, String change) {
        Gate gate = new Gate(scratch, "slow-file");
        try (Running run = gate.stopping(Fcp.withRanks(ranks).in(scratch)).start("source", "copy")) {
            gate.awaitReached();
            scratch.shell(change);
            gate.open();
            return run.await("fcp", LIMIT);
        }
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** Files that a server holds a lease of for its clients are copied when it has given it up. */
class LeasesIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String TREE = """
            mkdir marks source
            head -c 10K /dev/urandom > source/small
            head -c 20M /dev/urandom > source/large
            echo free > source/free
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void leasesOfTheSourceAreWaitedFor(int ranks) {
        scratch.shell(TREE);

        whileLeased("w", "yield", () -> copy(ranks, "source", "copy"), "source/small", "source/large");

        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void aSumWaitsForLeases(int ranks) {
        scratch.shell(TREE);
        String sum =
                Fsum.withRanks(ranks).in(scratch).run("source").assertCode(0).out();

        whileLeased(
                "w",
                "yield",
                () -> assertThat(Fsum.withRanks(ranks)
                                .in(scratch)
                                .run("source")
                                .assertCode(0)
                                .out())
                        .isEqualTo(sum),
                "source/small",
                "source/large");
    }

    @AloneAndUnderMpirun
    void whatIsLeasedInTheDestinationIsReplacedAndLookedAt(int ranks) {
        scratch.shell(TREE + "cp -a source copy; echo old > copy/small");

        whileLeased(
                "w",
                "yield",
                () -> copy(ranks, "-s", "--update=differing", "source", "copy"),
                "copy/small",
                "copy/large");

        scratch.assertSame("source", "copy");
    }

    /** Whoever only reads has a lease against those who write, who are not kept out of another name. */
    @Test
    void aLeaseForReadingKeepsNobodyFromReading() {
        scratch.shell(TREE + "cp -a source copy; echo old > copy/small; ");

        whileLeased(
                "r", "keep", () -> copy(1, "-c", "-f", "source", "copy"), "source/small", "source/large", "copy/small");

        assertThat(scratch.resolve("marks/asked")).doesNotExist();
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void aStopEndsTheWaitForALeaseAndTheFileIsCopiedAfterwards(int ranks) {
        scratch.shell(TREE);

        whileLeased(
                "w",
                "keep",
                () -> {
                    try (Running run =
                            Fcp.withRanks(ranks).in(scratch).start("--checkpoint-id=run", "source", "copy")) {
                        await("marks/asked");
                        scratch.shell("kill -USR1 " + run.pid());
                        run.await("fcp", LIMIT).assertCode(4);
                    }
                },
                "source/small",
                "source/large");

        Fcp.withRanks(ranks).in(scratch).run("--resume=run", "source", "copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }

    private void copy(int ranks, String... words) {
        Fcp.withRanks(ranks).in(scratch).run((Object[]) words).assertCode(0);
    }

    private void whileLeased(String kind, String manner, Runnable run, String... files) {
        List<String> words = new ArrayList<>(List.of(kind, "marks", manner));
        words.addAll(Arrays.asList(files));
        try (Running holder = PythonScript.of("lease.py", words.toArray(String[]::new))
                .in(scratch.path())
                .start()) {
            while (!Files.exists(scratch.resolve("marks/held"))) {
                assumeTrue(holder.isAlive(), "no leases here");
            }
            run.run();
        }
    }

    private void await(String mark) {
        Instant end = Instant.now().plus(LIMIT);
        while (!Files.exists(scratch.resolve(mark))) {
            assertThat(Instant.now()).as(mark).isBefore(end);
        }
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;

/**
 * Files of 8 EiB, which are holes but for some data, are copied in the time of that: the limit to a test's time is
 * enough to see.
 */
class LongestFilesIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String ROOM = "size=100m";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AutoClose
    private final MemoryFileSystem memory = MemoryFileSystem.mount(scratch.resolve("memory"), ROOM);

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({
        "1, ''",
        "3, ''",
        "1, -c",
        "3, -c",
        "3, -c --chunk-size=64K --threads=3",
        "1, --io=buffered --sparse=always",
        "3, --chunk-size=1M --fsync",
    })
    void filesAreCopiedInTheTimeOfTheirData(int ranks, String options) {
        makeFiles();

        Fcp.withRanks(ranks)
                .in(memory.path())
                .runScript("fcp --stats=stats " + options + " source copy")
                .assertCode(0);

        checkCopy();
        Stats stats = Stats.read(memory.path().resolve("stats"));
        assertThat(stats.total("scannedBytes")).isEqualTo(Long.MAX_VALUE); // of three such files there is no number
        assertThat(stats.total("bytes")).isEqualTo(Long.MAX_VALUE);
    }

    @AloneAndUnderMpirun
    void aCopyThatWasStoppedGoesOn(int ranks) {
        makeFiles();
        try (Running run = Slow.writes(Fcp.withRanks(ranks), 500_000)
                .in(memory.path())
                .start("--checkpoint-id=run", "--chunk-size=1M", "source", "copy")) {
            Command.shell(
                            "until [ $(du -k copy | tail -n 1 | cut -f 1) -gt 2000 ]; do sleep 0.05; done; kill -USR1 $1",
                            "" + run.pid())
                    .in(memory.path())
                    .run()
                    .assertCode(0);
            run.await("fcp", LIMIT).assertCode(4);
        }

        Fcp.withRanks(ranks)
                .in(memory.path())
                .run("--resume=run", "source", "copy")
                .assertCode(0);

        checkCopy();
    }

    @AloneAndUnderMpirun
    void holesThatAreToBeFilledFillTheDestination(int ranks) {
        makeFiles();
        try (MemoryFileSystem small = MemoryFileSystem.mount(scratch.resolve("small"), "size=20m")) {
            Fcp.withRanks(ranks)
                    .in(memory.path())
                    .run(
                            "--sparse=never",
                            "--checkpoint-interval=0",
                            "source",
                            small.path().resolve("copy"))
                    .assertCode(4);
        }
    }

    @Test
    void aSignatureThatTakesDaysIsAnnounced() {
        makeFiles();

        try (Running run = Fsum.alone().in(memory.path()).start("--threads=2", "source")) {
            Instant end = Instant.now().plus(LIMIT);
            while (!run.err().matches("(?s).*signature of [0-9.]+ EiB takes about [0-9]+ days with 2 workers.*")) {
                assertThat(Instant.now()).isBefore(end);
            }
            run.terminate();
            run.await("fsum", LIMIT).assertCode(4);
        }
    }

    private void makeFiles() {
        marks("mkdir source", "write source/a source/b source/c");
    }

    private void checkCopy() {
        marks(":", "check copy/a copy/b copy/c");
    }

    private void marks(String first, String words) {
        String marks = String.join(" ", PythonScript.words("marks.py"));
        Command.shell(first + "; " + marks + " " + words)
                .in(memory.path())
                .run()
                .assertCode(0);
    }
}

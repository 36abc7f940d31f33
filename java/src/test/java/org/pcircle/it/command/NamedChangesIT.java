package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** With -v a run names what it changes; {@code DryRunIT} holds the names against what is changed. */
class NamedChangesIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir -p source/a; echo data > source/a/file; head -c 3M /dev/urandom > source/large");
    }

    @AloneAndUnderMpirun
    void eachEntryIsNamedOnceAndTheSummaryIsTheLastLine(int ranks) {
        List<String> lines = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-v", "--chunk-size=64K", "source", "copy")
                .assertCode(0)
                .out()
                .lines()
                .toList();

        assertThat(lines.subList(0, lines.size() - 1))
                .containsExactlyInAnyOrder("mkdir copy", "mkdir copy/a", "copy copy/a/file", "copy copy/large");
        assertThat(lines.get(lines.size() - 1)).startsWith("4 entries (2 files, 2 directories");
    }

    @Test
    void aFileThatIsReplacedIsNamedSoWhateverItsSize() {
        scratch.shell("cp -a source copy; echo other > copy/a/file; touch -d 2001-01-01 copy/large");

        Outcome outcome = Fcp.alone()
                .in(scratch)
                .run("-qv", "--update=differing", "--chunk-size=64K", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out().lines()).contains("replace copy/a/file", "replace copy/large");
    }

    @Test
    void whatIsDeletedIsNamedAlsoWhereDeletionsAreLimited() {
        for (String limit : List.of("--max-delete=100", "--delete")) {
            scratch.shell("rm -rf copy; cp -a source copy; mkdir -p copy/old/deep; touch copy/old/deep/f copy/extra");

            Outcome outcome = Fcp.alone()
                    .in(scratch)
                    .run("-qv", "-u", "--delete", limit, "source", "copy")
                    .assertCode(0);

            assertThat(outcome.out().lines().filter(line -> line.startsWith("delete ")))
                    .containsExactlyInAnyOrder(
                            "delete copy/old", "delete copy/old/deep", "delete copy/old/deep/f", "delete copy/extra");
        }
    }

    @Test
    void withQuietThereAreNamesAndNoSummary() {
        assertThat(Fcp.alone()
                        .in(scratch)
                        .run("-qv", "source", "copy")
                        .assertCode(0)
                        .out()
                        .lines())
                .containsExactlyInAnyOrder("mkdir copy", "mkdir copy/a", "copy copy/a/file", "copy copy/large");
    }

    @Test
    void aSignatureIsTheLastLine() {
        List<String> lines = Fcp.alone()
                .in(scratch)
                .run("-vs", "source", "copy")
                .assertCode(0)
                .out()
                .lines()
                .toList();

        assertThat(lines).hasSize(6);
        assertThat(lines.get(5)).startsWith("pcircle1-xxh64:");
    }

    @Test
    void whatRanksDidIsToldWhenVerboseIsGivenTwice() {
        assertThat(Fcp.alone().in(scratch).run("-v", "source", "copy").out()).doesNotContain("rank 0 on ");
        assertThat(Fcp.alone().in(scratch).run("-vv", "source", "copy2").out())
                .contains("copy copy2/a/file", "rank 0 on ");
        assertThat(Fsum.alone().in(scratch).run("-v", "source").err()).doesNotContain("rank 0 on ");
        assertThat(Fsum.alone().in(scratch).run("-vv", "source").err()).contains("rank 0 on ");
    }

    @Test
    void whatIsDiscardedIsNamed() {
        Gate gate = new Gate(scratch, "file");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();
            running.kill();
        }

        assertThat(Fcp.alone()
                        .in(scratch)
                        .run("-qv", "--discard=r", "copy")
                        .assertCode(0)
                        .out()
                        .lines())
                .contains("delete copy/.fcp/r");
    }

    /** Some of it perhaps twice: what was copied after the checkpoint is known again. */
    @Test
    void aRunThatIsKilledAndItsResumptionNameAllOfIt() {
        scratch.shell("mkdir source/b; for i in $(seq 300); do echo $i > source/b/$i; done; echo slow > source/slow");
        String before;
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone())
                .in(scratch)
                .start("-v", "--threads=2", "--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();
            before = running.out();
            running.kill();
        }

        Outcome resumed =
                Fcp.alone().in(scratch).run("-v", "--resume", "r", "copy").assertCode(0);

        List<String> wanted =
                scratch.shell("find source | sed s/^source/copy/").lines().toList();
        assertThat((before + resumed.out()).lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .containsAll(wanted);
    }
}

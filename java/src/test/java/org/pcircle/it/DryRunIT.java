package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dry run says once what would be done to which path, and touches nothing. */
class DryRunIT {

    private static final String SOURCE = """
            mkdir -p source/a/b source/closed
            echo data > source/a/file; head -c 2M /dev/zero > source/a/b/large
            ln -s nowhere source/link; mkfifo source/fifo; echo odd > "source/$(printf 'new\\nline')"
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell(SOURCE);
    }

    @AloneAndUnderMpirun
    void saysWhatWouldBeDoneAndDoesNothing(int ranks) {
        Outcome outcome = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--dry-run", "--chunk-size=1M", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out().lines().filter(line -> !line.contains(" entries (")))
                .containsExactlyInAnyOrder(
                        "mkdir copy",
                        "mkdir copy/a",
                        "mkdir copy/a/b",
                        "mkdir copy/closed",
                        "copy copy/a/file",
                        "copy copy/a/b/large",
                        "symlink copy/link",
                        "mknod copy/fifo",
                        "copy copy/new\\012line");
        assertThat(outcome.out()).contains("9 entries (3 files, 4 directories, 1 symlinks), 2.00 MiB");
        assertThat(scratch.shell("ls -A")).isEqualTo("source\n");
    }

    @Test
    void refusesWhatARunWouldRefuse() {
        Fcp.alone().in(scratch).run("--dry-run", "source", "source/a/copy").assertCode(2);
        Fcp.alone().in(scratch).run("--dry-run", "missing", "copy").assertCode(2);
    }

    @Test
    void whatCannotBeSaidIsNoSuccess() {
        Fcp.alone()
                .in(scratch)
                .runScript("fcp --dry-run source copy > /dev/full")
                .assertCode(1)
                .assertOneComplaint("standard output");
    }

    @Test
    void whatIsLeftOutIsNotSaid() {
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .run("--dry-run", "--exclude=b", "--exclude=f*", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out()).doesNotContain("copy/a/b").doesNotContain("fifo");
    }
}

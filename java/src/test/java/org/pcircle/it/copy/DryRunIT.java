package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PublicDistribution;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

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
        assertThat(outcome.out()).contains("9 entries (3 files, 4 directories, 1 symlink), 2.00 MiB");
        assertThat(scratch.shell("ls -A")).isEqualTo("source\n");
    }

    /** Random trees over others, with most options that have a say: lines, counts, faults and exit codes. */
    @Test
    void saysWhatTheRunThenDoes() {
        compareWithRuns(3, 16);
    }

    @Test
    void saysWhatTheRunThenDoesUnderMpirun() {
        Fcp.assumeOpenMpi();
        compareWithRuns(2001, 4, "mpirun", "--oversubscribe", "-np", "3");
    }

    private void compareWithRuns(int seed, int cases, String... launcher) {
        User.assumeRoot("makes entries of other users");
        List<String> words = new ArrayList<>(List.of(scratch.path().toString(), "" + seed, "" + cases));
        words.addAll(List.of(launcher));
        words.add(PublicDistribution.home().resolve("bin/fcp").toString());
        PythonScript.of("dry_run.py", words.toArray(String[]::new)).run().assertCode(0);
    }

    @Test
    void saysWhichNamesAreLinkedAndWhatIsSetOfWhatStays() {
        scratch.shell("""
                rm source/fifo; ln source/a/file source/a/second; cp -a source copy; rm copy/a/second
                chmod 700 copy/a; touch -d 2001-01-01 copy/closed; rm copy/link; ln -s elsewhere copy/link
                """);

        Outcome outcome = Fcp.alone()
                .in(scratch)
                .run("--dry-run", "--update=differing", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out().lines().filter(line -> !line.contains(" entries (")))
                .containsExactlyInAnyOrder(
                        "link copy/a/second => copy/a/file",
                        "set mode,timestamps copy/a",
                        "set timestamps copy/closed",
                        "replace copy/link",
                        "set timestamps copy");
    }

    /**
     * The first name is looked at again for the others: what it lacks is counted once, and is no reason to copy them.
     */
    @Test
    void linksNamesOfAnEntryWhoseOwnerCannotBeKeptAsARunWould() {
        User.assumeRoot("makes entries of other users");
        scratch.shell("mkdir s room; echo x > s/a; ln s/a s/b; ln s/a s/c; chmod 755 . s; chmod 777 room");

        for (String options : List.of("-p", "--preserve=ownership")) {
            Outcome said = copyAsUnprivileged("--dry-run", options);
            Outcome done = copyAsUnprivileged("--quiet", options);

            assertThat(done.code()).isEqualTo(said.code());
            assertThat(scratch.shell("rm -r room/copy; grep -o '\"notKept.*' < stats.dry-run; sort < errors.dry-run"))
                    .isEqualTo(scratch.shell("grep -o '\"notKept.*' < stats.quiet; sort < errors.quiet"));
            assertThat(said.out()).contains("link room/copy/b => room/copy/a", "link room/copy/c => room/copy/a");
        }
    }

    private Outcome copyAsUnprivileged(String run, String options) {
        String name = run.substring(2);
        scratch.shell("for f in stats errors; do : > $f." + name + "; chmod 666 $f." + name + "; done");
        return Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run(run, options, "--stats=stats." + name, "--errors=errors." + name, "s", "room/copy");
    }

    @Test
    void saysWhatIsDeletedEntryByEntryAndWhatProtectsADirectory() {
        scratch.shell(
                "mkdir -p copy/bar/z/y copy/gone/deep; touch copy/bar/keep copy/bar/x copy/bar/z/u copy/gone/f copy/a");

        Outcome outcome = Fcp.alone()
                .in(scratch)
                .run("--dry-run", "-f", "--delete", "--exclude=keep", "source", "copy")
                .assertCode(0);

        assertThat(outcome.out().lines().filter(line -> line.startsWith("delete ")))
                .containsExactlyInAnyOrder(
                        "delete copy/bar/x",
                        "delete copy/bar/z",
                        "delete copy/bar/z/u",
                        "delete copy/bar/z/y",
                        "delete copy/gone",
                        "delete copy/gone/deep",
                        "delete copy/gone/f");
        assertThat(outcome.out()).contains("7 would be deleted");
    }

    @Test
    void listsTheFailuresThatReadingFinds() {
        scratch.shell("""
                mkdir -p copy/closed copy/a/file source/unreadable
                chmod -R a+rX . ; chmod 0 source/new* source/unreadable
                """);
        User.giveToUnprivileged(scratch.path());
        scratch.shell("chown 0 copy/closed source/new* source/unreadable; touch source/closed/f");

        for (String run : List.of("--dry-run", "--quiet")) {
            Fcp.alone()
                    .unprivileged()
                    .in(scratch)
                    .run(run, "-fp", "--errors=" + run.substring(2), "source", "copy")
                    .assertCode(1);
        }

        assertThat(scratch.shell("grep -o '\"path.*' < dry-run | sort"))
                .isEqualTo(scratch.shell("grep -o '\"path.*' < quiet | sort"));
        assertThat(scratch.shell("wc -l < dry-run")).isEqualTo("4\n");
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

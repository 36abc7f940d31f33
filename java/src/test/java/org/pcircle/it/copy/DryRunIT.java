package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
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

    /** The pattern leaves out directories of that name, and so spares the one, but not files. */
    @Test
    void aSparedDirectoryIsInTheWayOfAFile() {
        scratch.shell("mkdir -p copy/link copy/a/file/in");
        for (String option : List.of("-n", "-q")) {
            scratch.shell("touch copy/gone");
            Outcome outcome = Fcp.alone()
                    .in(scratch)
                    .run(
                            option,
                            "-u",
                            "--delete",
                            "--exclude=file/",
                            "--exclude=link/",
                            "--errors=list",
                            "source",
                            "copy")
                    .assertCode(1);
            assertThat(outcome.complaints())
                    .containsExactlyInAnyOrder(
                            "fcp: copy/link: create: Is a directory", "fcp: copy/a/file: create: Is a directory");
            assertThat(outcome.out()).doesNotContain("copy copy/a/file", "symlink copy/link");
        }
    }

    @Test
    void ofAMirrorThatDoesNotExistYetDeletesNothing() {
        Fcp.alone().in(scratch).run("-n", "-u", "--delete", "source", "copy").assertCode(0);
        assertThat(scratch.shell("ls -A")).isEqualTo("source\n");
    }

    /** What nobody may delete is a failure, and so is the directory that it is in, before and after. */
    @Test
    void listsWhatCannotBeDeletedAsARunDoes() {
        User.assumeRoot("makes files immutable");
        scratch.shell(
                "mkdir -p copy/a copy/gone/in copy/log copy/held/dir; touch copy/gone/in/file copy/gone/x copy/log/y copy/held/z");
        assumeTrue(
                Command.shell("chattr +i copy/gone/in/file copy/held && chattr +a copy/log")
                                .in(scratch.path())
                                .run()
                                .code()
                        == 0,
                "no immutable files here");
        try {
            Outcome said = mirror("said", "-n");
            mirror("done", "-q");

            assertThat(scratch.shell("sort done.errors")).isEqualTo(scratch.shell("sort said.errors"));
            assertThat(said.out()).contains("delete copy/gone/x").contains("1 would be deleted");
            assertThat(scratch.shell("grep '\"deleted\"' done.stats"))
                    .isEqualTo(scratch.shell("grep '\"deleted\"' said.stats"));
        } finally {
            Command.shell("chattr -i copy/gone/in/file copy/held; chattr -a copy/log")
                    .in(scratch.path())
                    .run();
        }
    }

    private Outcome mirror(String name, String option) {
        return Fcp.alone()
                .in(scratch)
                .run(
                        option,
                        "-u",
                        "--delete",
                        "--stats=" + name + ".stats",
                        "--errors=" + name + ".errors",
                        "source",
                        "copy")
                .assertCode(1);
    }

    /** Directories get their attributes after the deletions, which a failure of that does not prevent. */
    @Test
    void tellsOfDeletionsAlsoWhereDirectoriesCannotBeFinished() {
        User.assumeRoot("can become somebody else");
        scratch.shell("rm -r source; mkdir -p source/a copy/a copy/gone; touch copy/gone/file; chmod 777 .");
        User.giveToUnprivileged(scratch.resolve("copy"));
        String[] options = "-u --delete --preserve=ownership --stats=stats --errors=errors source copy".split(" ");
        scratch.shell("chown 0:0 source/a; : > stats; : > errors; chmod 666 stats errors");
        Outcome said = Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run((Object[]) ("-n " + String.join(" ", options)).split(" "))
                .assertCode(1);
        String errors = scratch.shell("sort errors; : > errors");
        assertThat(said.out()).contains("delete copy/gone\n", "delete copy/gone/file\n", "2 would be deleted");

        Fcp.alone().unprivileged().in(scratch).run((Object[]) options).assertCode(1);
        assertThat(scratch.shell("sort errors")).isEqualTo(errors);
        assertThat(scratch.shell("ls copy")).isEqualTo("a\n");
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

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** Entries that somebody takes out of the source while it is copied, and file systems that are unmounted meanwhile. */
class VanishingIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String ONE_THREAD = "--threads=1";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** Entries in the order in which their names are given to be made; what is in memory is listed newest first. */
    private void makeTrees() {
        scratch.shell("""
                mkdir -p source/live source/stays copy/live copy/extra
                cd source; echo s > stays/s
                echo f > live/file; ln -s x live/link; echo h > live/hard; ln live/hard live/hard2
                echo g > live/gate
                cd ../copy; echo old > live/file; echo o > extra/o
                """);
    }

    @AloneAndUnderMpirun
    void whatVanishesIsCountedApartAndDoesNotKeepDeleteFromItsWork(int ranks) {
        makeTrees();
        Outcome outcome = meanwhile("rm source/live/*", Fcp.withRanks(ranks), "--mirror", "source", "copy");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.err()).contains("source/live/gate: vanished after it was listed");
        assertThat(vanishedPaths())
                .containsExactly(
                        "source/live/file",
                        "source/live/gate",
                        "source/live/hard",
                        "source/live/hard2",
                        "source/live/link");
        assertThat(outcome.out()).contains("5 entries vanished; listed in list");
        scratch.shell("diff -r source copy");
    }

    @AloneAndUnderMpirun
    void whatVanishesIsNoFailureWhereThatIsIgnored(int ranks) {
        makeTrees();
        Outcome outcome =
                meanwhile("rm source/live/*", Fcp.withRanks(ranks), "--mirror", "--ignore-vanished", "source", "copy");
        assertThat(outcome.code()).as(outcome.toString()).isZero();
        assertThat(scratch.shell("grep -o '\"[a-z]*anished\" : [0-9]*\\|\"faults\" : [0-9]*' stats | head -n 2"))
                .isEqualTo("\"faults\" : 0\n\"vanished\" : 5\n");
    }

    @AloneAndUnderMpirun
    void aLargeFileThatVanishesBeforeItIsOpenedLeavesNothing(int ranks) {
        scratch.shell("mkdir source copy; truncate -s 40M source/gate; echo o > copy/old");
        Outcome outcome = meanwhile(
                "rm source/gate",
                Fcp.withRanks(ranks),
                "--mirror",
                "--delete=anything",
                "--chunk-size=1M",
                "source",
                "copy");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(vanishedPaths()).containsExactly("source/gate");
        assertThat(scratch.shell("ls -A copy")).isEmpty();
    }

    @Test
    void aDirectoryThatVanishesBeforeItIsListedIsCountedOnce() {
        makeDirectories();
        Outcome outcome = meanwhile("rm -r source/sub", Fcp.alone(), "-p", "--mirror", ONE_THREAD, "source", "copy");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(vanishedPaths()).containsExactly("source/sub");
        scratch.shell("diff -r source copy");
    }

    @Test
    void whatIsInADirectoryThatIsTakenElsewhereHasVanished() {
        makeDirectories();
        Outcome outcome = meanwhile("mv source/sub sub", Fcp.alone(), "--mirror", ONE_THREAD, "source", "copy");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(vanishedPaths()).containsExactly("source/sub");
        scratch.shell("diff -r source copy");
    }

    @Test
    void whatIsReplacedHasNotVanished() {
        makeDirectories();
        Outcome outcome = meanwhile(
                "rm -r source/sub; ln -s / source/sub", Fcp.alone(), "--mirror", ONE_THREAD, "source", "copy");
        assertNothingIsDeleted(outcome);
        assertThat(vanishedPaths()).isEmpty();
    }

    /** Its worker has it open from when it was copied; what that one lacks is no reason to delete. */
    @Test
    void whatADirectoryLacksThatWasReplacedIsNotDeleted() {
        scratch.shell(
                "mkdir -p source/live copy/live; echo g > source/live/gate; echo a | tee source/live/a copy/live/a;"
                        + " touch -r source/live/a copy/live/a");
        Outcome outcome = meanwhile(
                "cp -a source/live new; mv source/live old; mv new source/live; rm old/a",
                Fcp.alone(),
                "-u",
                "--delete",
                ONE_THREAD,
                "source",
                "copy");
        assertThat(outcome.code()).as(outcome.toString()).isBetween(0, 1);
        scratch.shell("diff -r source copy");
    }

    @Test
    void aListedEntryThatNeverExistedHasFailed() {
        scratch.shell("mkdir source; echo g > source/gate; printf 'gate\\nnever\\n' > names");
        Outcome outcome = meanwhile("rm source/gate", Fcp.alone(), "--files-from=names", "source", "copy");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(vanishedPaths()).containsExactly("source/gate");
        assertThat(outcome.out()).contains("1 entry failed, 1 vanished");
    }

    @Test
    void aSourceThatIsUnmountedHasNotVanished() {
        makeDirectories();
        try (MemoryFileSystem ignored = MemoryFileSystem.mount(scratch.resolve("source/mounted"), "size=1m")) {
            scratch.shell(
                    "mkdir -p copy/mounted source/mounted/in; echo m | tee source/mounted/in/m copy/mounted/mine");
            scratch.shell("mkdir under");
            Outcome outcome =
                    meanwhile("umount -l source/mounted", Fcp.alone(), "--mirror", ONE_THREAD, "source", "copy");
            scratch.shell("mount -t tmpfs tmpfs source/mounted"); // to be closed
            assertNothingIsDeleted(outcome);
            assertThat(outcome.err()).contains("source/mounted: open: no longer what it was when it was listed");
        }
    }

    @Test
    void aTopThatIsUnmountedHasNotVanished() {
        scratch.shell("mkdir -p copy/extra; echo o > copy/extra/o");
        try (MemoryFileSystem ignored = MemoryFileSystem.mount(scratch.resolve("source"), "size=1m")) {
            scratch.shell("mkdir source/sub; echo s > source/sub/s; echo g > source/gate");
            Outcome outcome = meanwhile(
                    "umount -l source", Fcp.alone(), "--mirror", "--delete=anything", ONE_THREAD, "source", "copy");
            scratch.shell("mount -t tmpfs tmpfs source"); // to be closed
            assertNothingIsDeleted(outcome);
        }
    }

    @Test
    void aSummedEntryThatVanishesIsAFailureAndThereIsNoSignature() {
        scratch.shell("mkdir source; echo g > source/gate");
        Outcome outcome = meanwhile("rm source/gate", Fsum.alone(), "source");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("source/gate: vanished after it was listed", "no signature");
    }

    private void makeDirectories() {
        scratch.shell(
                "mkdir -p source/sub copy/sub copy/extra; echo s > source/sub/s; echo o | tee copy/sub/o copy/extra/o;"
                        + " echo g > source/gate");
    }

    private void assertNothingIsDeleted(Outcome outcome) {
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(1);
        assertThat(scratch.resolve("copy/extra/o")).as(outcome.toString()).exists();
    }

    /** Runs a command that waits before it opens {@code gate}, while lines of the shell are run. */
    private Outcome meanwhile(String script, Fcp fcp, String... arguments) {
        Gate gate = new Gate(scratch, "gate");
        Object[] all = new Object[arguments.length + 2];
        all[0] = "--errors=list";
        all[1] = "--stats=stats";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        try (Running running = gate.stopping(fcp.in(scratch)).start(all)) {
            gate.awaitReached();
            scratch.shell(script);
            gate.open();
            return running.await(String.join(" ", arguments), LIMIT);
        }
    }

    /** Paths that the error list says have vanished, in order. */
    private List<String> vanishedPaths() {
        Path list = scratch.resolve("list");
        try {
            return Files.readAllLines(list).stream()
                    .filter(line -> line.contains("\"vanished\":true"))
                    .map(line -> line.replaceAll("^\\{\"path\":\"([^\"]*)\".*", "$1"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

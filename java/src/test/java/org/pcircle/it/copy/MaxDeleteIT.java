package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;
import org.pcircle.it.support.User;

/** {@code --max-delete}: nothing is deleted if it would be more than that. */
class MaxDeleteIT {

    /** What {@link #makeTrees} has to be deleted: with directories, and what is in the one in the way of a file. */
    private static final int EXTRANEOUS = 9;

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private void makeTrees() {
        scratch.shell("""
                mkdir -p source/run17/q copy/run15/d copy/run16 copy/run17/q copy/run17/f
                touch source/run17/a source/run17/f; touch -d @5 source/run17/q source/run17
                touch copy/run15/x copy/run15/d/z copy/run16/y copy/run17/q/o copy/run17/f/in
                """);
    }

    private String copy() {
        return scratch.shell("cd copy; find . | sort");
    }

    private Stats stats() {
        return Stats.read(scratch.resolve("stats"));
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "3, 9", "1, 10", "3, 10", "3, 2147483647"})
    void asManyAsAllowedAreDeleted(int ranks, int max) {
        makeTrees();
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "--delete", "--max-delete=" + max, "--stats=stats", "source", "copy")
                .assertCode(0);
        scratch.assertSame("source", "copy");
        assertThat(stats().total("deleted")).isEqualTo(EXTRANEOUS);
        assertThat(stats().total("notDeleted")).isZero();
    }

    /** And all else is done: what is missing is copied, and directories get their times. */
    @ParameterizedTest
    @CsvSource({"1, 8", "3, 8", "1, 0", "3, 0"})
    void nothingIsDeletedIfItWouldBeMore(int ranks, int max) {
        makeTrees();
        String before = copy();
        Outcome refused = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "--delete", "--max-delete=" + max, "--stats=stats", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(copy()).isEqualTo(before.replace("./run17/f\n", "./run17/a\n./run17/f\n"));
        assertThat(refused.complaints())
                .containsExactlyInAnyOrder(
                        "fcp: --max-delete=" + max
                                + ": 9 entries would be deleted, so nothing is; --max-delete=9 allows that",
                        "fcp: copy/run17/f: create: Is a directory");
        assertThat(refused.out()).contains("; 9 not deleted");
        assertThat(stats().total("deleted")).isZero();
        assertThat(stats().total("notDeleted")).isEqualTo(EXTRANEOUS);
        assertThat(scratch.shell("stat -c %Y copy/run17/q copy/run17")).isEqualTo("5\n5\n");
    }

    @AloneAndUnderMpirun
    void aDryRunSaysTheSame(int ranks) {
        makeTrees();
        String before = copy();
        Outcome refused = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-n", "-u", "--delete", "--max-delete=8", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(refused.complaints())
                .containsExactlyInAnyOrder(
                        "fcp: --max-delete=8: 9 entries would be deleted, so nothing is; --max-delete=9 allows that",
                        "fcp: copy/run17/f: create: Is a directory");
        assertThat(refused.out()).contains("; 9 would not be deleted").doesNotContain("delete copy");

        Outcome allowed = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-n", "-u", "--delete", "--max-delete=9", "source", "copy")
                .assertCode(0);
        assertThat(allowed.out().lines().filter(line -> line.startsWith("delete copy/")))
                .hasSize(EXTRANEOUS);
        assertThat(allowed.out()).contains("9 would be deleted");
        assertThat(copy()).isEqualTo(before);
    }

    /** A directory that stays because of what is spared in it does not count either; both are as deep as that. */
    @AloneAndUnderMpirun
    void whatIsSparedDoesNotCount(int ranks) {
        String deep = "d/".repeat(300);
        scratch.shell("mkdir -p source/common copy/common copy/stays/%1$s copy/goes/%1$s; touch copy/stays/%1$skeep"
                .formatted(deep));
        scratch.shell("cd copy/stays; for i in $(seq 20); do cd d; touch file; done");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "--delete", "--max-delete=320", "--exclude=keep", "source", "copy")
                .assertCode(1);
        assertThat(scratch.shell("find copy/goes -type d | wc -l")).isEqualTo("301\n");

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "--delete", "--max-delete=321", "--exclude=keep", "--stats=stats", "source", "copy")
                .assertCode(0);
        assertThat(stats().total("deleted")).isEqualTo(321);
        assertThat(scratch.shell("find copy -name keep | wc -l; ls copy")).isEqualTo("1\ncommon\nstays\n");
    }

    @Test
    void manyDirectoriesOfManyRanksAreAllowedToTheLast() {
        scratch.shell("mkdir -p source/big copy/big; cd copy/big;"
                + " for i in $(seq 200); do mkdir d$i; (cd d$i; touch $(seq 20)); done");
        Fcp.underMpirun(3)
                .in(scratch)
                .run("-u", "--delete", "--max-delete=4200", "--stats=stats", "source", "copy")
                .assertCode(0);
        assertThat(scratch.shell("find copy | wc -l")).isEqualTo("2\n");
        assertThat(stats().total("deleted")).isEqualTo(4200);
    }

    /** The deletions of the top take two seconds; the directory below is compared after them. */
    @Test
    void whatComesToLackItsSourceAfterTheCountStaysAboveTheLimit() {
        scratch.shell("mkdir -p source/late copy/late; cd copy; touch $(seq 100)");
        try (Running running = Slow.changes(Fcp.alone(), 20_000)
                .in(scratch)
                .start("-u", "--delete", "--max-delete=100", "--threads=1", "--stats=stats", "source", "copy")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (scratch.shell("ls copy").lines().count() > 100) {
                assertThat(System.nanoTime()).isLessThan(end);
            }
            scratch.shell("touch copy/late/1 copy/late/2 copy/late/3");
            running.await("fcp", LIMIT)
                    .assertCode(1)
                    .assertOneComplaint(
                            "--max-delete=100: 3 entries that came to lack their source after the count were not deleted");
        }
        assertThat(stats().total("deleted")).isEqualTo(100);
        assertThat(stats().total("notDeleted")).isEqualTo(3);
        assertThat(scratch.shell("ls copy copy/late")).isEqualTo("copy:\nlate\n\ncopy/late:\n1\n2\n3\n");
    }

    /** What cannot be counted might be more than is allowed. */
    @Test
    void nothingIsDeletedIfADirectoryCannotBeCounted() {
        User.assumeRoot("can become somebody else");
        scratch.shell(
                "mkdir -p source/common copy/common copy/closed copy/open; touch copy/open/file; chmod 0 copy/closed");
        User.giveToUnprivileged(scratch.path());
        scratch.shell("chown 0 copy/closed");
        Outcome refused = Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run("-u", "--delete", "--max-delete=100", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(refused.complaints())
                .containsExactlyInAnyOrder(
                        "fcp: copy/closed: open: Permission denied",
                        "fcp: warning: nothing was deleted, as there were errors");
        assertThat(copy()).contains("./open/file");
    }

    /** The plan that the checkpoint holds says how many. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aResumedRunKeepsToIt(int ranks) throws Exception {
        makeTrees();
        scratch.shell("cd source; for i in $(seq 400); do echo $i > $i; done");
        List<String> limits = List.of("8", "9");
        for (String limit : limits) {
            String id = "r" + limit;
            String target = "copy" + limit;
            scratch.shell("cp -a copy " + target);
            try (Running running = Slow.writes(Fcp.withRanks(ranks), 8000)
                    .in(scratch)
                    .start(
                            "-u",
                            "--delete",
                            "--max-delete=" + limit,
                            "--cptime=0.2",
                            "--cpid=" + id,
                            "source",
                            target)) {
                awaitCheckpoint(target, id);
                running.killRanks(LIMIT);
            }
            Outcome resumed = Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("--resume", id, "--stats=stats", "--errors=list", target)
                    .assertCode(limit.equals("9") ? 0 : 1);
            if (limit.equals("9")) {
                scratch.assertSame("source", target);
                assertThat(stats().total("deleted")).isEqualTo(EXTRANEOUS);
            } else {
                assertThat(resumed.err()).contains("--max-delete=8: 9 entries would be deleted, so nothing is");
                assertThat(scratch.shell("ls " + target)).contains("run15", "run16");
            }
        }
    }

    private void awaitCheckpoint(String target, String id) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!Files.isRegularFile(scratch.resolve(target + "/.fcp/" + id + "/checkpoint.1"))
                && !Files.isRegularFile(scratch.resolve(target + "/.fcp/" + id + "/checkpoint.2"))) {
            assertThat(System.nanoTime()).as("no checkpoint yet").isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void aLimitOfNothingIsAUsageError() {
        makeTrees();
        Fcp.alone()
                .in(scratch)
                .run("-u", "--max-delete=4", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("--max-delete limits what --delete takes away: give --delete or --mirror, too");
        for (String number : List.of("-1", "many", "1.5", "")) {
            Fcp.alone()
                    .in(scratch)
                    .run("-u", "--delete", "--max-delete=" + number, "source", "copy")
                    .assertCode(2)
                    .assertOneComplaint("--max-delete");
        }
    }
}

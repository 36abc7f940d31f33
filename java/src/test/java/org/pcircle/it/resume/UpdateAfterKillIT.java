package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/**
 * Runs that are killed at any moment, and made good by {@code fcp -u} and not by {@code --resume}: what they left
 * half-written is not taken for newer, and what was newer before is kept. The same goes for a run that is resumed.
 */
class UpdateAfterKillIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 6);
    private static final long FIRST_SEED = Long.getLong("crash.seed", 1);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** So each worker mostly has a file that has its data, but not yet its time. */
    private static final int SLOW_MICROS = 5000;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anUpdateMakesItGood(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        makeTrees(random);
        for (int kills = 1 + random.nextInt(3); kills > 0; kills--) {
            kill(random, "r" + kills, "-u");
        }
        assertGood(Fcp.withRanks(ranks(random)).in(scratch).run("-u", "source", "copy"));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void soDoesTheSameRunWhenItIsResumed(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        makeTrees(random);
        kill(random, "r", "-u");
        assertGood(Fcp.withRanks(ranks(random)).in(scratch).run("--resume", "r", "source", "copy"));
    }

    private static int ranks(SplittableRandom random) {
        return random.nextBoolean() ? 1 : 3;
    }

    /** A source, a copy that has a few entries that are newer, and what should come of them. */
    private void makeTrees(SplittableRandom random) throws IOException {
        new SampleTree(random.nextLong()).directoryOfFiles(scratch.resolve("source/wide"), 600, 30_000);
        scratch.shell("""
                mkdir source/large source/linked; head -c 9M /dev/urandom > source/large/file
                for i in 1 2 3 4 5 6 7 8; do ln source/wide/file-$i source/linked/name-$i; ln -s file-$i source/wide/link-$i; done
                find source -type f -exec touch -d 2020-01-01 {} +
                mkdir -p copy/wide copy/linked
                for i in 1 2 3 100 200; do echo mine > copy/wide/file-$i; done; ln -s mine copy/wide/link-3; echo mine > copy/linked/name-5
                cp -a source expected; rm expected/wide/file-[123] expected/wide/file-[12]00 expected/wide/link-3 expected/linked/name-5
                cp -a copy/. expected
                """);
    }

    private void assertGood(Outcome updated) {
        updated.assertCode(0);
        assertThat(updated.out()).contains("; 7 newer in DEST were kept");
        assertThat(scratch.shell("diff -r --no-dereference -x '.fcp*' expected copy"))
                .isEmpty();
        assertThat(TreeComparison.rsyncChanges(
                        scratch.resolve("expected"),
                        scratch.resolve("copy"),
                        "-aHc",
                        "--omit-dir-times",
                        "--delete",
                        "--exclude=.fcp*"))
                .isEmpty();
    }

    /** What a killed run has written, changed by hand to what it would be: newer than its source, and half of it. */
    @Test
    void itIsSaidWhatIsTreatedAsDiffering() {
        scratch.shell("""
                mkdir source copy; echo whole > source/half; echo source > source/before; touch -d 2020-01-01 source/*
                echo mine > copy/before; sleep 0.1
                mkdir -p copy/.fcp/r; touch copy/.fcp/r/lock; sleep 0.1; echo ha > copy/half
                """);
        Outcome updated = Fcp.alone().in(scratch).run("-u", "source", "copy").assertCode(0);
        assertThat(updated.err())
                .contains(
                        "an earlier run, r, was not finished",
                        "what was written in DEST since it began may be half-written, and is replaced where it differs");
        assertThat(updated.out()).contains("; 1 newer in DEST was kept");
        assertThat(scratch.shell("cat copy/half copy/before")).isEqualTo("whole\nmine\n");
    }

    /** As snapshots by hard links and changes of modes do. */
    @Test
    void whatOnlyChangedItsModeOrNamesIsKept() {
        scratch.shell("""
                mkdir source copy; echo source > source/f; touch -d 2020-01-01 source/f
                echo mine > copy/f; touch -d 2024-01-01 copy/f; sleep 0.1
                mkdir -p copy/.fcp/r; touch copy/.fcp/r/lock; sleep 0.1; cp -al copy/f snapshot; chmod 604 copy/f
                """);
        Outcome updated = Fcp.alone().in(scratch).run("-u", "source", "copy").assertCode(0);
        assertThat(updated.out()).contains("; 1 newer in DEST was kept");
        assertThat(scratch.shell("cat copy/f")).isEqualTo("mine\n");
    }

    /** Where the source has an entry of the usual name, the runs' directories have another. */
    @Test
    void aRunWithTheOtherNameIsSeenToo() {
        scratch.shell("""
                mkdir source copy; echo whole > source/half; touch -d 2020-01-01 source/half; echo content > source/.fcp
                mkdir -p copy/.fcp.r/r; touch copy/.fcp.r/r/lock; sleep 0.1; echo ha > copy/half
                """);
        Outcome updated = Fcp.alone().in(scratch).run("-u", "source", "copy").assertCode(0);
        updated.assertOneComplaint("an earlier run, r, was not finished", "is replaced where it differs");
        assertThat(scratch.shell("cat copy/half")).isEqualTo("whole\n");
    }

    @Test
    void anotherUsersRunPutsNothingInDoubtAndOneThatCannotBeSeenIsSaid() {
        User.assumeRoot("can become somebody else");
        scratch.shell("""
                mkdir source copy; echo source > source/f; touch -d 2020-01-01 source/f; chmod 1777 copy
                mkdir -p copy/.fcp/r; touch copy/.fcp/r/lock; chown -R 65534:65534 copy/.fcp; sleep 0.1; echo mine > copy/f
                """);
        Outcome updated = Fcp.alone().in(scratch).run("-u", "source", "copy").assertCode(0);
        updated.assertOneComplaint("an earlier run, r, was not finished");
        assertThat(updated.err()).doesNotContain("replaced");
        scratch.shell("chown 0:0 copy/.fcp copy/.fcp/r copy/.fcp/r/lock; chmod 700 copy/.fcp");
        Outcome unprivileged = Fcp.alone().unprivileged().in(scratch).run("-u", "--errors=/dev/null", "source", "copy");
        assertThat(unprivileged.err()).contains("another user's runs may stand in copy");
        assertThat(scratch.shell("cat copy/f")).isEqualTo("mine\n");
    }

    /** Of what existed before the run nothing is touched, even if its mode has changed since. */
    @Test
    void whatExistedIsNotTouchedByAResumedRunEither() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        makeTrees(random);
        kill(random, "r", "--ignore-existing");
        scratch.shell("chmod 600 copy/wide/file-1; touch -a copy/wide/file-2");
        Fcp.alone().in(scratch).run("--resume", "r", "source", "copy").assertCode(0);
        assertThat(scratch.shell("cat copy/wide/file-1 copy/wide/file-2; stat -c %a copy/wide/file-1"))
                .isEqualTo("mine\nmine\n600\n");
    }

    /** What was in doubt when a run began stays so, also when the run that is to blame has been given up. */
    @Test
    void aResumedRunSaysNothingOfARunThatIsGone() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        makeTrees(random);
        scratch.shell("sleep 0.1; mkdir -p copy/.fcp/old; touch copy/.fcp/old/lock");
        kill(random, "r", "-u");
        scratch.shell("rm -r copy/.fcp/old");
        Outcome resumed = Fcp.alone().in(scratch).run("--resume", "r", "source", "copy");
        assertGood(resumed);
        assertThat(resumed.complaints()).isEmpty();
    }

    @Test
    void whatExistsIsNotTouchedAfterAKillEither() {
        scratch.shell("""
                mkdir source copy; echo whole > source/half; mkdir -p copy/.fcp/r; touch copy/.fcp/r/lock; sleep 0.1; echo ha > copy/half
                """);
        Outcome updated = Fcp.alone()
                .in(scratch)
                .run("--ignore-existing", "source", "copy")
                .assertCode(0);
        updated.assertOneComplaint(
                "what it left half-written exists, and is not touched; --update=differing replaces it");
        assertThat(scratch.shell("cat copy/half")).isEqualTo("ha\n");
    }

    /** Kills an update with this name some time after its first checkpoint. */
    private void kill(SplittableRandom random, String id, String update) {
        int ranks = ranks(random);
        Fcp fcp = Slow.changes(Fcp.withRanks(ranks).in(scratch), SLOW_MICROS * ranks);
        Path first = scratch.resolve("copy/.fcp/" + id + "/checkpoint.0");
        try (Running running = fcp.start(
                "-q",
                "-u",
                "--chunk-size=1M",
                "--checkpoint-interval=0.1",
                "--checkpoint-id=" + id,
                "source",
                "copy")) {
            while (running.isAlive() && !Files.exists(first)) {
                LockSupport.parkNanos(2_000_000);
            }
            LockSupport.parkNanos(1_000_000L * random.nextInt(900));
            List<Jvm> jvms = running.ranks();
            List<String> kill = new ArrayList<>(List.of("kill", "-KILL"));
            jvms.forEach(rank -> kill.add(Long.toString(rank.pid())));
            Command.of(kill).run();
            assertThat(running.await("killed", LIMIT).code()).isNotZero();
            for (Jvm rank : jvms) {
                ProcessHandle.of(rank.pid())
                        .ifPresent(process -> process.onExit().join());
            }
        }
    }
}

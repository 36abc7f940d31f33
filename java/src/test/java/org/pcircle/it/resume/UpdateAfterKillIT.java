package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

/**
 * Runs that are killed at any moment, and made good by {@code fcp -u} and not by {@code --resume}: what they left
 * half-written is not taken for newer, and what was newer before is kept.
 */
class UpdateAfterKillIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 6);
    private static final long FIRST_SEED = Long.getLong("crash.seed", 1);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int SLOW_MICROS = 1500;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anUpdateMakesItGood(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
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
        int kills = 1 + random.nextInt(3);
        for (int i = 0; i < kills; i++) {
            kill(
                    random.nextBoolean() ? 1 : 3,
                    random,
                    "-q",
                    "-u",
                    "--chunk-size=1M",
                    "--checkpoint-interval=0.1",
                    "source",
                    "copy");
        }
        Outcome updated = Fcp.withRanks(random.nextBoolean() ? 1 : 3)
                .in(scratch)
                .run("-u", "source", "copy")
                .assertCode(0);

        assertThat(updated.out()).contains("; 7 newer in DEST were kept");
        assertThat(scratch.shell("diff -r --no-dereference -x '.fcp*' expected copy"))
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
                        "what has changed in DEST since it began may be half-written, and is treated as with --update=differing");
        assertThat(updated.out()).contains("; 1 newer in DEST was kept");
        assertThat(scratch.shell("cat copy/half copy/before")).isEqualTo("whole\nmine\n");
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

    private void kill(int ranks, SplittableRandom random, Object... words) {
        Fcp fcp = Slow.writes(Fcp.withRanks(ranks).in(scratch), SLOW_MICROS * ranks);
        try (Running running = fcp.start(words)) {
            List<Jvm> jvms = List.of();
            while (running.isAlive() && jvms.size() < ranks) {
                LockSupport.parkNanos(2_000_000);
                jvms = running.ranks();
            }
            LockSupport.parkNanos(1_000_000L * random.nextInt(100, 1500));
            List<String> kill = new ArrayList<>(List.of("kill", "-KILL"));
            jvms.forEach(rank -> kill.add(Long.toString(rank.pid())));
            Command.of(kill).run();
            running.await("killed", LIMIT);
            for (Jvm rank : jvms) {
                ProcessHandle.of(rank.pid())
                        .ifPresent(process -> process.onExit().join());
            }
        }
    }
}

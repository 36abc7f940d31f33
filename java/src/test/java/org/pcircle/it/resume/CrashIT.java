package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/**
 * Runs that are killed or stopped at any moment, several times in a row, and gone on with by other numbers of ranks:
 * what comes of it is what an undisturbed run makes. Tests make a few such rounds; {@code benchmarks/crash} makes as
 * many as it is told to, and can repeat any of them.
 */
class CrashIT {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 6);
    private static final long FIRST_SEED = Long.getLong("crash.seed", 1);

    private static final int RANKS_MAX = 6;
    private static final int THREADS_MAX = 3;
    private static final int CRASHES_MAX = 5;
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> FILE_SYSTEMS = List.of("ext4 -O ea_inode", "xfs", "btrfs");

    /** What the creation of a file takes, divided by the number of workers: so a run lasts some seconds. */
    private static final List<Integer> SLOW_MICROS = List.of(300, 800, 1500, 2500);

    /**
     * Names of the run's own files that are in the copy and not in the source, and what is in the state's directory.
     */
    private static final String LEFT_BEHIND = """
            for tree in source copy; do
              (cd $tree && find . -name '.fcp*' | sort) > own-$tree
            done
            comm -13 own-source own-copy
            find state -mindepth 1
            """;

    /** What all rounds came to. */
    private static final CrashFigures FIGURES = new CrashFigures(ROUNDS);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private SplittableRandom random;
    private Path folder;
    private CrashOptions options;
    private boolean asRoot;
    private boolean begun;
    private long begunMs;

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS);
    }

    @AfterAll
    static void printFigures() {
        System.out.println(FIGURES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theResultIsThatOfAnUndisturbedRun(long seed) throws IOException {
        random = new SplittableRandom(seed);
        boolean onDisk = User.isRoot() && random.nextInt(3) > 0;
        String fileSystem = onDisk ? FILE_SYSTEMS.get(random.nextInt(FILE_SYSTEMS.size())) : "";
        System.out.printf("seed %d: %s", seed, onDisk ? fileSystem : "memory");
        if (!onDisk) {
            crashIn(scratch.path(), false);
            return;
        }
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), fileSystem)) {
            crashIn(disk.path(), fileSystem.equals("xfs"));
        }
    }

    private void crashIn(Path place, boolean withZoo) throws IOException {
        folder = place;
        CrashTree tree = new CrashTree(random, folder);
        tree.make(withZoo);
        options = CrashOptions.any(random, folder);
        System.out.println(", " + options);
        if (options.overOlder()) {
            tree.makeOlder(options.isForced(), options.isMirror());
            shell("cp -a older copy");
        }
        shell("mkdir -p state");
        asRoot = withZoo || random.nextInt(3) > 0;
        if (!asRoot) {
            User.giveToUnprivileged(folder);
        }
        int crashes = random.nextInt(1, CRASHES_MAX + 1);
        boolean ended = false;
        for (int i = 0; i < crashes && !ended; i++) {
            ended = crash();
        }
        String out = ended ? null : end();
        assertIsWhole(out);
        FIGURES.rounds++;
    }

    /** Starts or resumes the run, and disturbs it; whether it had ended. */
    private boolean crash() throws IOException {
        int ranks = random.nextInt(1, RANKS_MAX + 1);
        int threads = random.nextInt(1, THREADS_MAX + 1);
        List<Object> words = words(threads);
        int slowMicros = ranks * threads * SLOW_MICROS.get(random.nextInt(SLOW_MICROS.size()));
        Fcp fcp = Slow.writes(fcp(ranks), slowMicros);
        Crash crash = Crash.any(random);
        System.out.printf("  np %d%s, %s, %s", ranks, asRoot ? "" : " as a user", words, crash);
        CopySoFar before = CopySoFar.in(folder, begunMs);
        long startedMs = System.currentTimeMillis();
        begunMs = begun ? begunMs : startedMs;
        try (Running running = fcp.start(words.toArray())) {
            String met = crash.befall(running) + crash.endLauncher(running);
            Outcome outcome = running.await(words.toString(), LIMIT);
            crash.awaitEnd();
            System.out.printf(" (%s): %d %s%n", met, outcome.code(), outcome.complaints());
            if (begun && outcome.code() != 2) {
                FIGURES.add(before.resumed(startedMs));
            }
            return judge(crash, outcome);
        }
    }

    private boolean judge(Crash crash, Outcome outcome) {
        assertThat(outcome.err()).as(outcome.toString()).doesNotContain("\tat ", "Exception");
        if (outcome.code() == 0) {
            return true;
        }
        if (outcome.code() == 2) {
            return isNotThere(outcome);
        }
        FIGURES.count(crash);
        begun = true;
        if (crash.isGentle() && outcome.complaints().stream().anyMatch(line -> line.contains("stopped: SIG"))) {
            FIGURES.stops++;
        }
        return false;
    }

    /**
     * A run that is not there has either ended, but for saying so, or not made anything yet.
     *
     * @return whether it has ended
     */
    private boolean isNotThere(Outcome outcome) {
        assertThat(begun).as(outcome.toString()).isTrue();
        outcome.assertOneComplaint("--resume");
        assertThat(outcome.err())
                .as(outcome.toString())
                .containsAnyOf("there is no such run", "there is no checkpoint");
        boolean hasEnded = !touched().isEmpty();
        if (hasEnded && outcome.err().contains("there is no checkpoint")) {
            takeLastSteps();
        } else if (!hasEnded) {
            shell("[ ! -d copy ] || chmod -R u+w copy; rm -rf copy state/*; [ ! -d older ] || cp -a older copy");
            begun = false;
            FIGURES.begunAnew++;
        }
        return hasEnded;
    }

    /**
     * Of a run whose last checkpoint is deleted nothing is left to copy: else it had touched something before its
     * first.
     */
    private void takeLastSteps() {
        shell("rm -rf copy/.fcp* state/*");
        Path stats = scratch.resolve("last-steps.json");
        List<Object> words = new ArrayList<>(List.of("--stats=" + stats));
        words.addAll(options.update());
        Outcome outcome = fcp(1).run(words.toArray()).assertCode(0);
        assertThat(Stats.read(stats).total("files"))
                .as("files that were not done yet: " + outcome)
                .isZero();
    }

    /** What the run has changed in the destination, except for its own files, which change the time of the top. */
    private String touched() {
        return options.overOlder()
                ? TreeComparison.rsyncChanges(
                        path("older"), path("copy"), "-aHc", "--delete", "--omit-dir-times", "--exclude=/.fcp")
                : shell("[ ! -d copy ] || find copy -mindepth 1 -not -path 'copy/.fcp*'");
    }

    /** Goes on to the end; returns what it printed. */
    private String end() throws IOException {
        while (true) {
            int ranks = random.nextInt(1, RANKS_MAX + 1);
            List<Object> words = words(random.nextInt(1, THREADS_MAX + 1));
            Path stats = scratch.resolve("stats.json");
            words.add(0, "--stats=" + stats);
            CopySoFar before = CopySoFar.in(folder, begunMs);
            long startedMs = System.currentTimeMillis();
            Outcome outcome = fcp(ranks).run(words.toArray());
            if (outcome.code() == 2 && begun) {
                if (isNotThere(outcome)) {
                    return null;
                }
                continue;
            }
            outcome.assertCode(0);
            if (begun) {
                FIGURES.add(before.resumed(startedMs));
            }
            FIGURES.add(Stats.read(stats));
            Files.delete(stats);
            System.out.printf("  np %d, %s: %s%n", ranks, words, outcome.out().strip());
            return outcome.out();
        }
    }

    private Fcp fcp(int ranks) {
        Fcp fcp = Fcp.withRanks(ranks).in(folder);
        return asRoot ? fcp : fcp.unprivileged();
    }

    private List<Object> words(int threads) {
        List<Object> words = new ArrayList<>(List.of("--progress=none", "--threads=" + threads));
        words.addAll(begun ? options.resume(random) : options.begin());
        return words;
    }

    private void assertIsWhole(String out) {
        assertThat(shell(LEFT_BEHIND)).as("what the run made for itself").isEmpty();
        if (options.isListed()) {
            Fcp.alone().in(folder).run(options.undisturbed().toArray()).assertCode(0);
            assertThat(changes("reference", "copy", "--delete")).isEmpty();
        } else if (options.isMirror() || !options.overOlder()) {
            assertThat(changes("source", "copy", "--delete")).isEmpty();
        } else {
            assertThat(changes("source", "copy", "--omit-dir-times")).isEmpty();
        }
        if (options.isSigned() && out != null) {
            String signature =
                    Fsum.alone().in(folder).run("source").assertCode(0).out().split(" ", 2)[0];
            assertThat(out).contains(signature);
        }
    }

    private String changes(String source, String copy, String option) {
        String kept = options.keepsAttributes() ? "-aHAXc" : "-aHc";
        return TreeComparison.rsyncChanges(
                path(source),
                path(copy),
                kept,
                "--numeric-ids",
                option,
                "--filter=-x system.*",
                "--filter=-x trusted.SGI_ACL_*");
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private String shell(String script) {
        return Command.shell(script).in(folder).run().assertCode(0).out();
    }
}

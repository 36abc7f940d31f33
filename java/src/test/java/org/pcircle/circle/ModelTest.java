package org.pcircle.circle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The protocol as a model, {@code src/test/promela/circle.pml}, searched by Spin state by state: each instance to the
 * end, nothing left out. {@code -Dpcircle.model=large} adds larger instances, which take up to 4 GiB and 20 minutes in
 * all.
 */
class ModelTest {

    private static final Path MODEL = Path.of("src", "test", "promela", "circle.pml");
    private static final boolean LARGE = "large".equals(System.getProperty("pcircle.model"));
    private static final int MEMORY_MIB_MAX = LARGE ? 8000 : 2000;
    private static final int SEARCH_MINUTES_MAX = LARGE ? 60 : 5;

    private static final List<Instance> SAFE = List.of(
            new Instance("3 ranks in a chain", "RANKS=3 ARITY=1 WORK=3"),
            new Instance("3 ranks in a star", "RANKS=3 ARITY=2 WORK=3 ATTEMPTS=1"),
            new Instance("4 ranks", "RANKS=4 ARITY=2 WORK=2 ATTEMPTS=1"),
            new Instance("3 ranks in a chain, any of which stops", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=1 STOPPERS=7"),
            new Instance("4 ranks, the last of which stops", "RANKS=4 ARITY=2 WORK=1 ATTEMPTS=1 STOPPERS=8"),
            new Instance("3 ranks in a chain that reduce", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=1 REDUCES=1"),
            new Instance("an epoch of 3 ranks in a chain", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=1 EPOCHS=1"),
            new Instance("an epoch of 3 ranks in a star", "RANKS=3 ARITY=2 WORK=1 ATTEMPTS=1 EPOCHS=1"),
            new Instance("an epoch where notices are answered", "RANKS=3 ARITY=2 WORK=5 ATTEMPTS=1 EPOCHS=1"),
            new Instance("an epoch of 4 ranks", "RANKS=4 ARITY=2 WORK=1 ATTEMPTS=0 EPOCHS=1 DEPTH=6"),
            new Instance("two epochs", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=0 EPOCHS=2 DEPTH=7"),
            new Instance("an epoch, and the last rank stops", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=0 EPOCHS=1 STOPPERS=4"),
            new Instance(
                    "an epoch, and the root stops", "RANKS=3 ARITY=2 WORK=1 ATTEMPTS=0 EPOCHS=1 STOPPERS=1 DEPTH=7"));

    private static final List<Instance> SAFE_AND_LARGE = List.of(
            new Instance("3 ranks in a star, two attempts", "RANKS=3 ARITY=2 WORK=3"),
            new Instance("3 ranks in a chain, more work", "RANKS=3 ARITY=1 WORK=4"),
            new Instance("3 ranks in a chain, two workers each", "RANKS=3 ARITY=1 WORK=4 WORKERS=2"),
            new Instance("4 ranks, two attempts", "RANKS=4 ARITY=2 WORK=2"),
            new Instance("4 ranks, more work", "RANKS=4 ARITY=2 WORK=3 ATTEMPTS=1"),
            new Instance("4 ranks in a chain", "RANKS=4 ARITY=1 WORK=3 ATTEMPTS=1"),
            new Instance("3 ranks in a star, any of which stops", "RANKS=3 ARITY=2 WORK=1 STOPPERS=7"),
            new Instance("3 ranks in a chain, more work, any stops", "RANKS=3 ARITY=1 WORK=3 STOPPERS=7"),
            new Instance("3 ranks in a chain that reduce, any stops", "RANKS=3 ARITY=1 WORK=1 REDUCES=1 STOPPERS=7"),
            new Instance("4 ranks, any of which stops", "RANKS=4 ARITY=2 WORK=1 ATTEMPTS=1 STOPPERS=15"),
            new Instance("an epoch with more work", "RANKS=3 ARITY=1 WORK=3 ATTEMPTS=1 EPOCHS=1 DEPTH=6"),
            new Instance(
                    "an epoch, and any rank stops", "RANKS=3 ARITY=2 WORK=1 ATTEMPTS=0 EPOCHS=1 STOPPERS=7 DEPTH=7"));

    private static final List<Instance> LIVE = List.of(
            new Instance("3 ranks in a chain", "RANKS=3 ARITY=1 WORK=1 LIVENESS"),
            new Instance("3 ranks in a star", "RANKS=3 ARITY=2 WORK=1 LIVENESS"),
            new Instance("an epoch of 3 ranks in a chain", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=0 EPOCHS=1 LIVENESS"),
            new Instance(
                    "3 ranks in a chain, the last stops", "RANKS=3 ARITY=1 WORK=1 ATTEMPTS=1 STOPPERS=4 LIVENESS"));

    private static final List<Instance> LIVE_AND_LARGE = List.of(
            new Instance("4 ranks", "RANKS=4 ARITY=2 WORK=1 LIVENESS"),
            new Instance("3 ranks in a chain, more work", "RANKS=3 ARITY=1 WORK=3 LIVENESS"),
            new Instance("3 ranks in a chain, any of which stops", "RANKS=3 ARITY=1 WORK=1 STOPPERS=7 LIVENESS"));

    private static final List<Instance> MISTAKEN = List.of(
            new Instance("a grant is not counted", "UNCOUNTED_GRANT RANKS=3 ARITY=1"),
            new Instance("a wave is answered while a worker runs", "BUSY_ANSWER RANKS=3"),
            new Instance("one balanced wave ends a round", "ONE_WAVE RANKS=3 ARITY=1 WORK=3 ATTEMPTS=1"),
            new Instance("a rank leaves at Finish", "LEAVE_AT_FINISH RANKS=3"),
            new Instance("a rank asks for work after Finish", "SEEK_WHEN_FINISHING RANKS=3"),
            new Instance("the root does not wait for peer messages", "FINAL_UNBALANCED RANKS=3"),
            new Instance("a rank answers the first Finish only", "FINAL_SAID_ONCE RANKS=3"),
            new Instance("a thief keeps its lifeline to the giver", "UNCLEARED_GRANT RANKS=3"),
            new Instance("the parent is not told of a stop", "STOP_NOT_PASSED_UP RANKS=3 STOPPERS=4"),
            new Instance("one balanced wave is quiet", "ONE_QUIESCE RANKS=3 WORK=5 ATTEMPTS=1 EPOCHS=1"),
            new Instance("a rank goes on after its own snapshot", "EARLY_RESUME RANKS=3 ATTEMPTS=1 EPOCHS=1"),
            new Instance("a paused rank folds", "FOLD_WHILE_PAUSED RANKS=3 ATTEMPTS=1 EPOCHS=1"),
            new Instance("a paused rank grants", "GRANT_WHILE_PAUSED RANKS=3 ATTEMPTS=1 EPOCHS=1"),
            new Instance("a snapshot is without what runs", "RUNNING_LEFT_OUT RANKS=3 ATTEMPTS=1 EPOCHS=1"),
            new Instance("the end does not wait for an epoch", "END_IN_EPOCH RANKS=3 ATTEMPTS=1 EPOCHS=1"),
            new Instance("only the giver counts a grant", "HALF_COUNTED_GRANT RANKS=3 LIVENESS"));

    private static final Pattern STATES = Pattern.compile("(\\S+) states, stored");
    private static final Pattern TRANSITIONS = Pattern.compile("(\\S+) transitions \\(");
    private static final Pattern DEPTH = Pattern.compile("depth reached (\\d+), errors: (\\d+)");
    private static final Pattern VIOLATION = Pattern.compile("(?m)^pan:1: (.*)$");

    @TempDir
    private Path folder;

    /**
     * What to search, and for what.
     *
     * @param definitions as the model explains them; with LIVENESS among them everybody must leave
     */
    private record Instance(String name, String definitions) {

        boolean liveness() {
            return definitions.contains("LIVENESS");
        }

        List<String> spin(String... arguments) {
            List<String> command = new ArrayList<>(List.of("spin"));
            command.addAll(List.of(arguments));
            Stream.of(definitions.split(" ")).map("-D"::concat).forEach(command::add);
            command.add(MODEL.getFileName().toString());
            return command;
        }

        /** NOREDUCE for the reason that the model gives; NFAIR is room for this many processes, in units of 4. */
        List<String> gcc(String optimization) {
            List<String> command =
                    new ArrayList<>(List.of("gcc", optimization, "-w", "-DNOREDUCE", "-DCOLLAPSE", "-DSEPQS"));
            command.add("-DMEMLIM=" + MEMORY_MIB_MAX);
            command.add(liveness() ? "-DNFAIR=6" : "-DSAFETY");
            command.addAll(List.of("-o", "pan", "pan.c"));
            return command;
        }

        List<String> pan() {
            List<String> command = new ArrayList<>(List.of("./pan", "-n", "-m100000"));
            if (liveness()) {
                command.addAll(List.of("-a", "-f"));
            }
            return command;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void theCheckerIsThere() {
        for (String program : List.of("spin", "gcc")) {
            assumeTrue(installed(program), program + " is not installed");
        }
    }

    static Stream<Instance> safe() {
        return instances(SAFE, SAFE_AND_LARGE);
    }

    static Stream<Instance> live() {
        return instances(LIVE, LIVE_AND_LARGE);
    }

    static Stream<Instance> mistaken() {
        return MISTAKEN.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("safe")
    void nothingIsLostAndNothingEndsEarly(Instance instance) throws IOException, InterruptedException {
        assertHolds(instance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("live")
    void everybodyLeaves(Instance instance) throws IOException, InterruptedException {
        assertHolds(instance);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistaken")
    void aMistakeIsFound(Instance mistake) throws IOException, InterruptedException {
        String output = search(mistake, "-O0");
        assertThat(find(DEPTH, 2, output)).as(output).isEqualTo("1");
        print(mistake, output, find(VIOLATION, 1, output));
    }

    private void assertHolds(Instance instance) throws IOException, InterruptedException {
        String output = search(instance, LARGE ? "-O2" : "-O1");
        if (VIOLATION.matcher(output).find()) {
            output += run(instance.spin("-t", "-T"));
        }
        assertThat(find(DEPTH, 2, output)).as(output).isEqualTo("0");
        assertThat(output).doesNotContain("Search not completed", "max search depth", "out of memory");
        print(instance, output, instance.liveness() ? "everybody leaves" : "holds");
    }

    /** What pan prints at the end of its search; to optimize it takes longer than a short search. */
    private String search(Instance instance, String optimization) throws IOException, InterruptedException {
        Files.copy(MODEL, folder.resolve(MODEL.getFileName()));
        run(instance.spin("-a"));
        run(instance.gcc(optimization));
        return run(instance.pan());
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(SEARCH_MINUTES_MAX, TimeUnit.MINUTES))
                    .as("%s ends in time", command)
                    .isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        String text = Files.readString(output, UTF_8);
        assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
        return text;
    }

    private static Stream<Instance> instances(List<Instance> always, List<Instance> large) {
        return LARGE ? Stream.concat(always.stream(), large.stream()) : always.stream();
    }

    private static boolean installed(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String find(Pattern pattern, int group, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(group) : "";
    }

    private static void print(Instance instance, String output, String outcome) {
        System.out.printf(
                "model: %s (%s): %s; %s states, %s transitions, depth %s%n",
                instance.name(),
                instance.definitions(),
                outcome,
                count(STATES, output),
                count(TRANSITIONS, output),
                find(DEPTH, 1, output));
    }

    /** Pan prints large numbers with an exponent. */
    private static String count(Pattern pattern, String output) {
        return new BigDecimal(find(pattern, 1, output)).toPlainString();
    }
}

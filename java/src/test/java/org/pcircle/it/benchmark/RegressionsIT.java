package org.pcircle.it.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/** benchmarks/regressions says what became slower beyond noise, and refuses what it cannot compare. */
class RegressionsIT {

    private static final Path BENCHMARKS =
            Fcp.HOME.resolve("../../../benchmarks").normalize();

    /** Five runs that are alike. */
    private static final double[] STEADY = {1.00, 1.02, 0.98, 1.01, 0.99};

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void whatIsSlowerBesideItsYardstickIsFound() {
        Outcome outcome = regressions(
                        compare("A", times(STEADY, 1), times(STEADY, 2)),
                        compare("A", times(STEADY, 3), times(STEADY, 2)))
                .assertCode(1);

        assertThat(outcome.out())
                .contains("| small: many files, tmpfs: fcp ÷ cp -a | 0.5 (0.5–0.5) | 1.5 (1.5–1.5) | 3.00 | slower |")
                .contains("1 worse and 0 better");
    }

    @Test
    void whatIsFasterIsNamedAndIsNoRegression() {
        Outcome outcome = regressions(
                        compare("A", times(STEADY, 3), times(STEADY, 2)),
                        compare("A", times(STEADY, 1), times(STEADY, 2)))
                .assertCode(0);

        assertThat(outcome.out()).contains("| 0.33 | faster |").contains("0 worse and 1 better");
    }

    @Test
    void anotherMachineOnWhichEverythingIsSlowerIsNoRegression() {
        Outcome outcome = regressions(
                        compare("A", times(STEADY, 1), times(STEADY, 2)),
                        compare("B", times(STEADY, 3), times(STEADY, 6)))
                .assertCode(0);

        assertThat(outcome.out()).startsWith("0 worse and 0 better");
    }

    @Test
    void noiseIsNotReported() {
        double[] noisy = {0.99, 1.9, 1.5, 1.3, 1.7};
        Outcome outcome = regressions(
                        compare("A", times(STEADY, 1), times(STEADY, 2)),
                        compare("A", times(noisy, 1), times(STEADY, 2)))
                .assertCode(0);

        assertThat(outcome.out()).startsWith("0 worse and 0 better");
    }

    @Test
    void aChangeBelowTheThresholdIsNotReported() {
        Path old = compare("A", times(STEADY, 1), times(STEADY, 2));
        Path slightlySlower = compare("A", times(STEADY, 1.06), times(STEADY, 2));

        regressions(old, slightlySlower).assertCode(0);
        regressions(old, slightlySlower, "--threshold", "5").assertCode(1);
    }

    @Test
    void withoutAYardstickSecondsCountIfTheMachineIsTheSame() {
        double[] none = {};
        Path old = compare("A", times(STEADY, 1), none);

        assertThat(regressions(old, compare("A", times(STEADY, 2), none))
                        .assertCode(1)
                        .out())
                .contains("fcp, seconds | 1 (0.98–1.02) | 2 (1.96–2.04) | 2.00 | slower |");
        assertThat(regressions(old, compare("B", times(STEADY, 2), none))
                        .assertCode(0)
                        .out())
                .contains("1 measured too seldom or on machines that differ");
    }

    @Test
    void tooFewRunsAreRefused() {
        double[] two = {1.0, 1.01};
        Path old = compare("A", times(two, 1), times(two, 2));

        assertThat(regressions(old, compare("A", times(two, 3), times(two, 2)))
                        .assertCode(2)
                        .err())
                .startsWith("regressions: ")
                .contains("too seldom")
                .hasLineCount(1);
    }

    @Test
    void resultsOfJmhAreComparedByTheirIntervals() {
        Path old = jmh(100, 2, 50);
        assertThat(regressions(old, jmh(150, 2, 25)).assertCode(1).out())
                .contains(
                        "| org.pcircle.Cost.of bytes=4096, avgt ns/op | 100 (98–102) | 150 (148–152) | 1.50 | slower |")
                .contains("| org.pcircle.Speed.of, thrpt ops/s | 50 (49–51) | 25 (24–26) | 0.50 | slower |");
        assertThat(regressions(old, jmh(70, 2, 90)).assertCode(0).out()).contains("0 worse and 2 better");
        assertThat(regressions(old, jmh(150, 60, 50)).assertCode(0).out()).contains("0 worse and 0 better");
    }

    @Test
    void whatCompareWritesIsReadAndEqualToItself() {
        Path result = scratch.resolve("result.json");
        Command.of(
                        BENCHMARKS.resolve("compare").toString(),
                        "--scale=0.0005",
                        "--rounds=5",
                        "--on=tmpfs",
                        "--json=" + result,
                        "walk")
                .run()
                .assertCode(0);

        assertThat(regressions(result, result).assertCode(0).out()).startsWith("0 worse and 0 better");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"format\":\"pcircle-compare\"",
                "{\"format\":\"pcircle-compare\",\"version\":1}",
                "{\"format\":\"pcircle-compare\",\"version\":2,\"tables\":[]}",
                "{\"format\":\"something else\"}",
                "[{\"primaryMetric\":{}}]",
                "[]",
                "7"
            })
    void aForeignOrDamagedFileIsRefusedInOneLine(String content) {
        Outcome outcome = regressions(compare("A", times(STEADY, 1), times(STEADY, 2)), file(content))
                .assertCode(2);

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("regressions: ").hasLineCount(1);
    }

    @Test
    void aResultOfFewerRoundsThanItSaysIsDamaged() throws IOException {
        Path old = compare("A", times(STEADY, 1), times(STEADY, 2));
        Path damaged = file(Files.readString(old).replace("\"rounds\":5", "\"rounds\":7"));

        assertThat(regressions(old, damaged).assertCode(2).err()).contains("damaged", damaged.toString());
    }

    @Test
    void resultsOfTwoKindsAreRefused() {
        assertThat(regressions(compare("A", times(STEADY, 1), times(STEADY, 2)), jmh(1, 1, 1))
                        .assertCode(2)
                        .err())
                .contains("not of one kind");
    }

    private static Outcome regressions(Path old, Path now, String... options) {
        List<String> words =
                new ArrayList<>(List.of(BENCHMARKS.resolve("regressions").toString()));
        words.addAll(List.of(options));
        words.addAll(List.of(old.toString(), now.toString()));
        Outcome outcome = Command.of(words).run();
        String text = new String(outcome.out().getBytes(ISO_8859_1), UTF_8);
        return new Outcome(outcome.command(), outcome.code(), text, outcome.err());
    }

    private static double[] times(double[] seconds, double factor) {
        return DoubleStream.of(seconds).map(each -> each * factor).toArray();
    }

    /** A result of benchmarks/compare: of fcp, and of cp if that has any times. */
    private Path compare(String processor, double[] fcp, double[] cp) {
        String rows = row("fcp", true, fcp) + (cp.length == 0 ? "" : "," + row("cp -a", false, cp));
        return file("{\"format\":\"pcircle-compare\",\"version\":1,\"command\":[],\"date\":\"2026-11-28T01:31:22Z\","
                + "\"machine\":{\"processor\":\"" + processor + "\",\"cpus\":2,\"memoryBytes\":1,\"system\":\"Linux\"},"
                + "\"versions\":{},\"rounds\":" + fcp.length + ",\"scale\":1,\"tables\":[{\"case\":\"small\","
                + "\"title\":\"many files\",\"yardsticks\":[\"cp -a\"],\"remarks\":[],\"rows\":[" + rows + "]}]}");
    }

    private static String row(String tool, boolean ours, double[] seconds) {
        String list = DoubleStream.of(seconds).mapToObj(Double::toString).collect(joining(",", "[", "]"));
        String peaks = DoubleStream.of(seconds).mapToObj(each -> "1048576").collect(joining(",", "[", "]"));
        return "{\"place\":\"tmpfs\",\"tool\":\"%s\",\"ours\":%s,\"wallSeconds\":%s,\"cpuSeconds\":%s,\"peakBytes\":%s,\"figures\":{}}"
                .formatted(tool, ours, list, list, peaks);
    }

    /** A result of JMH: of a time, with so large an error, and of a throughput. */
    private Path jmh(double nanoseconds, double error, double operations) {
        return file("[" + benchmark("Cost", "avgt", "ns/op", nanoseconds, error, ",\"params\":{\"bytes\":\"4096\"}")
                + "," + benchmark("Speed", "thrpt", "ops/s", operations, 1, "") + "]");
    }

    private static String benchmark(
            String name, String mode, String unit, double score, double error, String parameters) {
        return ("{\"jmhVersion\":\"1.37\",\"benchmark\":\"org.pcircle.%s.of\",\"mode\":\"%s\"%s,\"primaryMetric\":"
                        + "{\"score\":%s,\"scoreError\":%s,\"scoreConfidence\":[%s,%s],\"scoreUnit\":\"%s\"}}")
                .formatted(name, mode, parameters, score, error, score - error, score + error, unit);
    }

    private Path file(String content) {
        try {
            return Files.writeString(Files.createTempFile(scratch.path(), "result", ".json"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

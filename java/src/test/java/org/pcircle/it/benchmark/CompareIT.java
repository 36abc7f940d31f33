package org.pcircle.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.xml.sax.SAXException;

/** benchmarks/compare runs every case, here on trees too small to measure anything. */
class CompareIT {

    private static final String COMPARE =
            Fcp.HOME.resolve("../../../benchmarks/compare").normalize().toString();

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @Test
    void everyToolIsTimedInEveryCase() {
        Outcome outcome = compare("--on", "tmpfs").run().assertCode(0);

        assertThat(outcome.out())
                .containsSubsequence(
                        "100 files of 4 KiB",
                        "A walk of 500 empty files",
                        "An update that finds nothing to do",
                        "One file",
                        "digested",
                        "Manifests",
                        "Checkpoints",
                        "verified and flushed",
                        "An empty directory")
                .containsPattern("\\| tmpfs \\| fcp \\| \\d+\\.\\d+ \\|.*\\| \\d+\\.\\d+ \\| ")
                .containsPattern("\\| tmpfs \\| cp -a \\| \\d+\\.\\d+ \\|.*\\| 1\\.00 \\| ")
                .contains("| tmpfs | rsync -a |")
                .contains("| tmpfs | fcp -u |")
                .contains("| tmpfs | fsum --check, 101 entries differ |")
                .doesNotContain("Not measured");
    }

    @Test
    void fileSystemsInImagesAreMadeAndMeasured() {
        Outcome outcome = compare("--on", "ext4,xfs", "--tools", "fcp,cp", "small", "reflink")
                .run()
                .assertCode(0);

        assumeTrue(!outcome.out().contains("only root can mount it"), "mounting is not permitted here");
        assertThat(outcome.out()).contains("| ext4 | fcp |", "| xfs | fcp |").doesNotContain("Not measured");
    }

    @Test
    void everyRunIsKeptAsJson() {
        Path file = scratch.resolve("result.json");
        Outcome outcome = compare("--on", "tmpfs", "--json", file.toString(), "small", "checkpoints")
                .run()
                .assertCode(0);

        Map<String, Object> result = Json.objects(file).get(0);
        assertThat(result).containsEntry("format", "pcircle-compare").containsEntry("rounds", 1L);
        assertThat(map(result.get("machine"))).containsKeys("processor", "cpus", "loadAtStart", "loadAtEnd");
        assertThat(map(result.get("versions"))).containsKeys("fcp", "java", "cp", "rsync");
        List<Map<String, Object>> tables = maps(result.get("tables"));
        assertThat(tables).extracting(table -> table.get("case")).containsExactly("small", "checkpoints");
        for (Map<String, Object> table : tables) {
            assertThat(maps(table.get("rows"))).hasSizeGreaterThan(3).allSatisfy(row -> {
                double seconds = (double) ((List<?>) row.get("wallSeconds")).get(0);
                assertThat(outcome.out())
                        .contains("| tmpfs | %s | %s |".formatted(row.get("tool"), asPythonRounds(seconds)));
                assertThat((List<?>) row.get("cpuSeconds")).hasSize(1);
                assertThat(row).containsEntry("ours", "" + ((String) row.get("tool")).contains("fcp"));
            });
        }
        assertThat(maps(tables.get(1).get("rows")))
                .allSatisfy(row -> assertThat(map(row.get("figures"))).containsKey("checkpoints"));
    }

    @Test
    void everyTableIsDrawn() throws Exception {
        Path folder = scratch.resolve("plots");
        compare("--on", "tmpfs", "--plots", folder.toString(), "small", "verify")
                .run()
                .assertCode(0);

        assertThat(texts(folder.resolve("small.svg")))
                .contains("100 files of 4 KiB in 1 directories", "tmpfs", "fcp", "cp -a", "rsync -a")
                .anySatisfy(text -> assertThat(text).matches("\\d+\\.\\d{3} s, \\d+\\.\\d\\d×"));
        assertThat(texts(folder.resolve("verify-1.svg"))).contains("fcp -c --fsync");
        assertThat(texts(folder.resolve("verify-2.svg"))).contains("One file of 0.02 GiB, verified and flushed");
        try (Stream<Path> drawn = Files.list(folder)) {
            assertThat(drawn).hasSize(3);
        }
    }

    @Test
    void whereNothingCanBeWrittenNothingIsMeasured() {
        Outcome outcome = compare("--json", scratch.resolve("none/result.json").toString())
                .run()
                .assertCode(1);

        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("compare: ", "none/result.json").hasLineCount(1);
    }

    @Test
    void nothingIsLeftInAFolderOfTheUsers() {
        compare("--in", scratch.path().toString(), "small").run().assertCode(0);

        assertThat(scratch.path()).isEmptyDirectory();
    }

    @Test
    void nothingIsLeftByARunThatIsEnded() throws Exception {
        Command command = compare("--rounds", "10000", "--in", scratch.path().toString(), "small");
        try (Running running = command.start()) {
            Duration waited = Duration.ZERO;
            while (!running.out().contains("### ") || isEmpty(scratch.path())) {
                assertThat(waited).isLessThan(Duration.ofMinutes(1));
                Thread.sleep(20);
                waited = waited.plusMillis(20);
            }
            running.terminate();
            Outcome outcome =
                    running.await(command.toString(), Duration.ofMinutes(1)).assertCode(1);

            assertThat(outcome.err()).contains("compare: ended by signal 15");
        }
        assertThat(scratch.path()).isEmptyDirectory();
    }

    @Test
    void aToolThatFailsIsNamedAndEndsIt() {
        scratch.shell("mkdir bin; printf '#!/bin/sh\\nexit 3\\n' > bin/rsync; chmod +x bin/rsync");
        String path = scratch.resolve("bin") + ":" + System.getenv("PATH");

        Outcome outcome = compare("--on", "tmpfs", "small")
                .with(Map.of("PATH", path))
                .run()
                .assertCode(1);

        assertThat(outcome.err()).contains("compare: rsync -a: exit code 3");
    }

    private static Command compare(String... arguments) {
        List<String> words = new ArrayList<>(List.of(COMPARE, "--scale", "0.0005", "--rounds", "1"));
        words.addAll(List.of(arguments));
        return Command.of(words);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** What a picture says, text by text. */
    private static List<String> texts(Path svg) throws IOException, ParserConfigurationException, SAXException {
        var nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(svg.toFile())
                .getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object json) {
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(Object json) {
        return (List<Map<String, Object>>) json;
    }

    /** To three places, by the number's exact value: 0.0995 is a little less than it says. */
    private static String asPythonRounds(double seconds) {
        return new BigDecimal(seconds).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }
}

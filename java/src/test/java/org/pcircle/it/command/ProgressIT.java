package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;

/** What is shown while a copy goes on. */
class ProgressIT {

    /** Each line of the bar takes the place of the one before. */
    private static final String NEXT_LINE = "\r\033[K";

    private static final Pattern ENTRIES = Pattern.compile("  (\\d+) of \\d+\\+? entries  ");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void theBarGrows(int ranks) {
        makeSource();

        Outcome outcome = slow(Fcp.withRanks(ranks), ranks)
                .run("--threads=1", "--progress=bar", "--reduce-interval=0.2", "source", "copy")
                .assertCode(0);

        List<Integer> entries = ENTRIES.matcher(outcome.err())
                .results()
                .map(shown -> Integer.parseInt(shown.group(1)))
                .toList();
        assertThat(entries).isSorted().hasSizeBetween(2, 20);
        assertThat(entries.get(0)).isLessThan(entries.get(entries.size() - 1));
        assertThat(outcome.err()).contains(NEXT_LINE).endsWith(NEXT_LINE);
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 200})
    void theBarFitsTheTerminal(int columns) {
        scratch.shell("mkdir source; head -c 40M /dev/urandom > source/file");

        Outcome outcome = slow(Fcp.onTerminal(columns), 1)
                .with("COLUMNS", "20")
                .run("--threads=1", "--chunk-size=1M", "source", "copy")
                .assertCode(0);

        assertThat(bars(outcome))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(columns))
                .anySatisfy(line -> assertThat(line).contains("%", "ETA ", " entries"));
        assertThat(bars(outcome).stream().anyMatch(line -> line.contains("mean ")))
                .as("there is room for all")
                .isEqualTo(columns == 200);
    }

    @AloneAndUnderMpirun
    void theEnvironmentSaysHowMuchRoomThereIsWhereNoTerminalDoes(int ranks) {
        makeSource();

        Outcome outcome = slow(Fcp.withRanks(ranks), ranks)
                .with("COLUMNS", "40")
                .run("--threads=1", "--progress=bar", "--reduce-interval=0.2", "source", "copy")
                .assertCode(0);

        assertThat(bars(outcome))
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
    }

    @AloneAndUnderMpirun
    void machinesGetObjects(int ranks) throws IOException {
        makeSource();

        Outcome outcome = slow(Fcp.withRanks(ranks), ranks)
                .run("--threads=1", "--progress=json", "--reduce-interval=0.1", "source", "copy")
                .assertCode(0);

        List<Map<String, Object>> reports = objects(outcome);
        assertThat(reports).hasSizeGreaterThanOrEqualTo(3);
        assertThat(reports).extracting(report -> (Long) report.get("entries")).isSorted();
        assertThat(reports).extracting(report -> (Double) report.get("seconds")).isSorted();
        assertThat(reports.subList(0, reports.size() - 1))
                .allSatisfy(report -> assertThat(report).containsEntry("last", "false"));
        assertThat(reports.get(reports.size() - 1))
                .containsEntry("entries", 41L)
                .containsEntry("entriesFound", 41L)
                .containsEntry("bytes", 20L << 20)
                .containsEntry("bytesFound", 20L << 20)
                .containsEntry("faults", 0L)
                .containsEntry("scanned", "true")
                .containsEntry("last", "true");
    }

    @Test
    void aShortRunIsReportedOnceToMachines() throws IOException {
        scratch.shell("mkdir source; echo data > source/file");

        Outcome outcome =
                Fcp.alone().in(scratch).run("--progress=json", "source", "copy").assertCode(0);

        assertThat(objects(outcome))
                .singleElement()
                .satisfies(report ->
                        assertThat(report).containsEntry("scanned", "true").containsEntry("share", 1.0));
    }

    /** Else the share would never be known, or be wrong. */
    @AloneAndUnderMpirun
    void whatIsFoundIsSettledInTheEnd(int ranks) {
        scratch.shell(SampleTree.OF_ALL_TYPES);
        scratch.shell("touch source/closed source/shut; chmod 000 source/closed; mkdir source/locked;"
                + " chmod 000 source/locked; head -c 99M /dev/zero > source/shut; chmod 000 source/shut");

        assertSettled(Fcp.withRanks(ranks).unprivileged(), "source", "copy");
        assertSettled(Fcp.withRanks(ranks).unprivileged(), "-u", "source", "copy");
        assertSettled(Fcp.withRanks(ranks).unprivileged(), "-f", "--no-preserve=links", "source", "copy");
        scratch.shell("printf '%s\\n' directory file-1 file-4096 hole-40M nothing > list");
        assertSettled(Fcp.withRanks(ranks).unprivileged(), "--files-from=list", "source", "some");
        scratch.shell(": > none");
        assertSettled(Fcp.withRanks(ranks).unprivileged(), "--files-from=none", "source", "nothing");
        assertSettled(Fcp.withRanks(ranks).unprivileged().named("fsum"), "source");
    }

    private void assertSettled(Fcp command, String... words) {
        List<Object> all = new ArrayList<>(List.of("-q", "--stats=stats", "--errors=errors"));
        all.addAll(List.of(words));

        Outcome outcome = command.in(scratch).run(all.toArray());

        assertThat(outcome.code()).as(outcome.toString()).isBetween(0, 1);
        Stats stats = Stats.read(scratch.resolve("stats"));
        String what = Arrays.toString(words);
        assertThat(stats.total("scansEnded")).as(what).isEqualTo(stats.total("scans"));
        assertThat(stats.total("bytes") + stats.total("passedBytes")).as(what).isEqualTo(stats.total("scannedBytes"));
    }

    private void makeSource() {
        scratch.shell("for i in $(seq 20); do mkdir -p source/$i; head -c 1M /dev/urandom > source/$i/file; done");
    }

    private Fcp slow(Fcp fcp, int ranks) {
        return Slow.writes(fcp.in(scratch), 60_000 * ranks);
    }

    private static List<String> bars(Outcome outcome) {
        return Arrays.stream(outcome.err().split(Pattern.quote(NEXT_LINE), -1))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private List<Map<String, Object>> objects(Outcome outcome) throws IOException {
        List<String> lines =
                outcome.err().lines().filter(line -> line.startsWith("{")).toList();
        Path file = Files.write(scratch.resolve("progress"), lines);
        return Json.objects(file);
    }
}

package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Stats;

/** The command line, and what is printed where. */
class OptionsIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir source; echo data > source/file");
    }

    @ParameterizedTest
    @CsvSource({
        "--no-such-option source copy, --no-such-option",
        "-Z source copy, -Z",
        "-rZ source copy, Z",
        "-quiet source copy, -quiet",
        "-threads 3 source copy, -threads",
        "'', SOURCE and DEST",
        "source, DEST",
        "--threads source copy, --threads=source: not a whole number",
        "--stats source copy, DEST",
        "--threads=0 source copy, --threads=0",
        "--threads=many source copy, --threads=many",
        "--threads= source copy, --threads",
        "--chunk-size=1X source copy, --chunk-size=1X",
        "--chunk-size=1 source copy, --chunk-size=1",
        "--chunk-size=-1M source copy, --chunk-size=-1M",
        "--io=magic source copy, --io=magic",
        "--sparse=maybe source copy, --sparse=maybe",
        "--io=reflink --sparse=always source copy, --sparse=always is not possible with --io=reflink",
        "--transport=pigeon source copy, --transport=pigeon",
        "--progress=lots source copy, --progress=lots",
        "--reduce-interval=soon source copy, --reduce-interval=soon",
        "--errors= source copy, --errors",
        "--stats= source copy, --stats",
        "--recursive=yes source copy, --recursive",
        "source copy --errors, --errors",
    })
    void whatCannotBeUnderstoodIsNamedAndRefused(String words, String named) {
        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(2).assertOneComplaint(named);

        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @Test
    void messagesAreOneLineWhateverWasTyped() {
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .runScript("fcp \"$(printf -- '--a\\nb\\033')\" source copy")
                .assertCode(2);

        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("--a\\012b\\033");
    }

    @AloneAndUnderMpirun
    void unknownOptionIsSaidOnce(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--no-such-option", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("unknown option --no-such-option");

        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "-r source copy",
        "-rRq source copy",
        "source copy --threads 3",
        "source --threads=3 copy",
        "--chunk-size 64K --io buffered source copy",
        "--chunksize=1.5MiB --io=copy_file_range source copy",
        "--chunksize=100000 --io=splice --sparse=never source copy",
        "--threads=1024 source copy",
        "--io=auto --transport=local --progress=plain --reduce-interval=0.5 source copy",
        "--reduce-interval=1m -- source copy",
    })
    void optionsStandAnywhereInGnuStyle(String words) {
        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @Test
    void wordsBehindTwoDashesAreNoOptions() {
        scratch.shell("mv source -- --threads");

        Fcp.alone().in(scratch).run("--", "--threads", "-r").assertCode(0);

        scratch.assertSame("--threads", "-r");
    }

    @AloneAndUnderMpirun
    void helpAndVersionArePrintedOnce(int ranks) {
        Outcome help = Fcp.withRanks(ranks).run("--help").assertCode(0);
        Outcome version = Fcp.withRanks(ranks).run("--version").assertCode(0);

        assertThat(help.out()).containsOnlyOnce("Usage: fcp");
        assertThat(version.out()).containsOnlyOnce("pcircle");
    }

    @AloneAndUnderMpirun
    void summaryIsPrintedOnceOnStdout(int ranks) {
        Outcome outcome = Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(outcome.out()).startsWith("2 entries (1 file, 1 directory, 0 symlinks), 5 B in ");
        assertThat(outcome.out().lines()).hasSize(1);
    }

    @AloneAndUnderMpirun
    void theNameUnderWhichARunCanBeGoneOnWithIsSaidAtTheStart(int ranks) {
        Outcome named = Fcp.withRanks(ranks).in(scratch).run("--checkpoint-id=tuesday", "source", "copy");
        assertThat(named.err()).isEqualTo("fcp: run tuesday\n");

        Outcome unnamed = Fcp.withRanks(ranks).in(scratch).run("source", "other");
        assertThat(unnamed.err()).matches("fcp: run \\d{8}-\\d{6}-[0-9a-f]{4}\n");

        Outcome without = Fcp.withRanks(ranks).in(scratch).run("--checkpoint-interval=0", "source", "third");
        assertThat(without.err()).isEmpty();
    }

    @AloneAndUnderMpirun
    void quietRunSaysNothing(int ranks) {
        Outcome outcome =
                Fcp.withRanks(ranks).in(scratch).run("-q", "source", "copy").assertCode(0);

        assertThat(outcome.out() + outcome.err()).isEmpty();
    }

    @Test
    void statsCanGoIntoAPipe() {
        Outcome piped = Fcp.alone()
                .in(scratch)
                .runScript(
                        "fcp -q --stats=/dev/stdout source copy | python3 -c 'import json, sys; print(json.load(sys.stdin)[\"files\"])'")
                .assertCode(0);
        assertThat(piped.out()).isEqualTo("1\n");
    }

    @AloneAndUnderMpirun
    void statsSayWhatWasCopied(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--stats", "stats.json", "source", "copy")
                .assertCode(0);

        Stats stats = Stats.read(scratch.resolve("stats.json"));
        assertThat(stats.total("exitCode")).isZero();
        assertThat(stats.total("entries")).isEqualTo(2);
        assertThat(stats.total("files")).isEqualTo(1);
        assertThat(stats.total("directories")).isEqualTo(1);
        assertThat(stats.total("bytes")).isEqualTo("data\n".length());
        assertThat(stats.perRank("entries"))
                .hasSize(ranks)
                .satisfies(entries -> assertThat(
                                entries.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(2));
    }

    @Test
    void oneRankUnderMpirunIsARunLikeAnyOther() {
        Fcp.underMpirun(1).in(scratch).run("source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @Test
    void openMpiCanBeHadWithoutMpirun() {
        Fcp.assumeOpenMpi();
        Fcp.alone().in(scratch).run("--transport=mpi", "source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @Test
    void severalRanksAreNotSeveralRuns() {
        Fcp.underMpirun(2)
                .in(scratch)
                .run("--transport=local", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("--transport local");

        assertThat(scratch.resolve("copy")).doesNotExist();
    }
}

package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** The files that a user names for what a run is told by, and for what it says: pipes, streams, and what cannot be. */
class UserFilesIT {

    private static final String PARSE = "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"files\"])'";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir -p source/d; echo one > source/one; echo two > source/d/two; echo two > source/d/three");
    }

    // ---- what a run says ----

    /** As a batch job's: {@code > job.log 2>&1}. */
    @AloneAndUnderMpirun
    void theFileThatStdoutGoesToIsNotEmptied(int ranks) {
        Fcp.withRanks(ranks).in(scratch).runScript("""
                        { echo begins; fcp --stats=job.log source copy; echo ends; } > job.log 2>&1
                        { echo begins; fcp --errors=./job.log --stats=job.log source other; echo ends; } >> job.log
                        """).assertCode(0);

        String log = scratch.shell("cat job.log");
        assertThat(log).startsWith("begins\n").endsWith("ends\n");
        assertThat(log.lines().filter(line -> line.equals("begins") || line.equals("ends")))
                .hasSize(4);
        assertThat(scratch.shell("grep -c '^  \"files\" : 3,$' job.log")).isEqualTo("2\n");
        assertThat(scratch.shell("grep -c '^5 entries' job.log")).isEqualTo("2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
    void statsCanGoToStdoutUnderAnyOfItsNames(String name) {
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .runScript("fcp -q --stats=" + name + " source copy | " + PARSE)
                .assertCode(0);
        assertThat(outcome.out()).isEqualTo("3\n");
        assertThat(scratch.resolve("-")).doesNotExist();
    }

    @Test
    void statsCanGoToStderr() {
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .runScript("fcp -q --stats=/dev/stderr source copy 2>&1 >/dev/null | " + PARSE)
                .assertCode(0);
        assertThat(outcome.out()).isEqualTo("3\n");
    }

    @Test
    void statsCanGoIntoAFifoAndAProcessSubstitution() {
        scratch.shell("mkfifo fifo");
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .runScript("""
                        %s < fifo & fcp -q --stats=fifo source copy; wait
                        bash -c '"$0" -q --stats=>(cat > substituted) source other; wait' %s
                        while [ ! -s substituted ]; do sleep 0.01; done
                        """.formatted(PARSE, Fcp.HOME.resolve("bin/fcp")))
                .assertCode(0);
        assertThat(outcome.out()).isEqualTo("3\n");
        assertThat(scratch.shell("stat -c %F fifo; grep -c files substituted")).startsWith("fifo\n");
    }

    @Test
    void severalDocumentsOnStdoutStandWholeOneBehindTheOther() {
        Outcome outcome = Fcp.alone().in(scratch).runScript("fcp -s --errors=- --stats=- --report=- -o- source copy");
        assertThat(outcome.assertCode(0).out())
                .containsSubsequence(
                        "5 entries", "\n{\n", "\n}\n<!", "</html>\nsignature: ", "\npath: source\npcircle1-xxh64:");
    }

    @AloneAndUnderMpirun
    void theListOfWhatFailedCanGoToStdoutALineEach(int ranks) {
        Outcome outcome = Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("printf 'one\\nno\\nnone\\n' | fcp -q --errors=- --files-from=- source copy")
                .assertCode(1);
        assertThat(outcome.out().lines().filter(line -> line.startsWith("{") && line.endsWith("}")))
                .hasSize(2);
    }

    @Test
    void devicesAreWrittenInPlace() {
        Fcp.alone()
                .in(scratch)
                .run("-q", "--stats=/dev/null", "--report=/dev/null", "source", "copy")
                .assertCode(0);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        Fcp.alone()
                .in(scratch)
                .run("-q", "--stats=/dev/full", "source", "other")
                .assertCode(1)
                .assertOneComplaint("/dev/full: cannot be written: write: No space left on device");
    }

    @ParameterizedTest
    @CsvSource({
        "--stats=/no/where, No such file or directory",
        "--report=source/one/report, Not a directory",
        "--errors=source, Is a directory",
        "--errors=new/, Is a directory",
        "--stats=dangling, No such file or directory",
        "-s -o no/where, No such file or directory",
        "--stats=same --report=./same, this file is what --stats writes",
        "--files-from=list --stats=list, this file is what --files-from reads",
        "--exclude-from=list --report=link, this file is what --exclude-from reads",
    })
    void whatCannotBeWrittenIsFoundBeforeAnythingIsDone(String options, String said) {
        scratch.shell("echo one > list; ln -s list link; ln -s no-where dangling; ls > before");
        Fcp.alone()
                .in(scratch)
                .runScript("fcp " + options + " source copy")
                .assertCode(2)
                .assertOneComplaint(said);
        assertThat(scratch.shell("ls | diff before - ; cat list")).isEqualTo("one\n");
    }

    @AloneAndUnderMpirun
    void whatCannotBeWrittenIsSaidOnceByAllRanks(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--stats=/no/where", "source", "copy")
                .assertCode(2)
                .assertOneComplaint("--stats=/no/where: cannot be written: No such file or directory");
        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @Test
    void noOutputIsTheSourceOrTheCopy() {
        for (String file : new String[] {"source/one", "copy", "./copy"}) {
            Fcp.alone()
                    .in(scratch)
                    .run("--stats=" + file, "source/one", "copy")
                    .assertCode(2)
                    .assertOneComplaint("--stats=" + file + ": this file is what is to be ");
        }
        assertThat(scratch.shell("cat source/one; ls")).isEqualTo("one\nsource\n");
    }

    @Test
    void aUserWithoutPermissionToWriteIsToldBeforeTheCopy() {
        scratch.shell("mkdir closed; echo old > closed/stats; chmod 555 closed; chmod 644 closed/stats");
        for (String file : new String[] {"closed/new", "closed/stats"}) {
            Fcp.alone()
                    .unprivileged()
                    .in(scratch)
                    .run("--stats=" + file, "source", "copy")
                    .assertCode(2)
                    .assertOneComplaint(file + ": cannot be written: Permission denied");
        }
        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    /** A run that is refused for another reason leaves no trace, and one that does not get so far what was there. */
    @Test
    void anOutputIsNeitherMadeNorEmptiedBeforeItsTime() {
        scratch.shell("echo old > old");
        Fcp.alone()
                .in(scratch)
                .run("--stats=new", "--report=old", "--errors=list", "missing", "copy")
                .assertCode(2);
        assertThat(scratch.shell("cat old; ls")).isEqualTo("old\nold\nsource\n");
    }

    @Test
    void anOlderDocumentStaysUntilTheNewOneIsWhole() {
        scratch.shell("echo old > manifest; chmod 640 manifest; ln manifest name; echo old > single; chmod 640 single");
        try (MemoryFileSystem full = MemoryFileSystem.mount(scratch.resolve("full"), "size=256k")) {
            scratch.shell(
                    "echo old > full/manifest; head -c 200K /dev/zero > full/filler; mkdir many; cd many;"
                            + " for i in $(seq 100 999); do : > a-name-that-takes-some-room-in-a-manifest-as-it-is-long-$i; done");
            Fsum.alone()
                    .in(scratch)
                    .run("-q", "--manifest=full/manifest", "many")
                    .assertCode(1)
                    .assertOneComplaint("full/manifest: cannot be written", "No space left on device");
            assertThat(scratch.shell("cat full/manifest; ls -A full")).isEqualTo("old\nfiller\nmanifest\n");
        }
        Fsum.alone().in(scratch).run("-q", "--manifest=manifest", "source").assertCode(0);
        Fsum.alone().in(scratch).run("-q", "--manifest=single", "source").assertCode(0);
        assertThat(scratch.shell("stat -c '%a %h' manifest single; ls -A"))
                .startsWith("640 2\n640 1\n")
                .doesNotContain(".new-");
        scratch.shell("cmp manifest name; sed -i /^date/d manifest single; cmp manifest single");
    }

    // ---- what a run is told by ----

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo one | fcp -q --files-from=- source copy",
                "echo one | fcp -q --files-from=/dev/stdin source copy",
                "fcp -q --files-from=/dev/stdin source copy < list",
                "cat list > fifo & fcp -q --files-from=fifo source copy",
                "{ sleep 0.2; cat list; } > fifo & fcp -q --files-from=fifo source copy",
                "fcp -q --files-from=fifo source copy & sleep 0.2; cat list > fifo; wait",
                "bash -c '\"$0\" -q --files-from=<(cat list) source copy' $FCP",
                "bash -c '\"$0\" -q --files-from=<(sleep 0.2; cat list) source copy' $FCP",
                "echo d | fcp -q --exclude-from=- source copy",
                "echo d/ > fifo & fcp -q --exclude-from=fifo source copy",
                "bash -c '\"$0\" -q --exclude-from=<(echo d) source copy' $FCP",
            })
    void listsAndPatternsCanComeThroughPipes(String script) {
        scratch.shell("echo one > list; mkfifo fifo");
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .with("FCP", Fcp.HOME.resolve("bin/fcp").toString())
                .runScript(script)
                .assertCode(0);
        assertThat(outcome.complaints()).isEmpty();
        assertThat(scratch.shell("find copy | sort")).isEqualTo("copy\ncopy/one\n");
    }

    @Test
    void listsCanComeToRank0OfSeveral() {
        Outcome outcome = Fcp.underMpirun(3)
                .in(scratch)
                .runScript("printf 'one\\nd\\n' | fcp -q --files-from=/dev/stdin source copy")
                .assertCode(0);
        assertThat(outcome.complaints()).isEmpty();
        scratch.assertSame("source", "copy");
        Fcp.underMpirun(2)
                .in(scratch)
                .run("-q", "--files-from=/dev/fd/63", "source", "other")
                .assertCode(2)
                .assertOneComplaint("No such file or directory; a launcher passes standard input on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--files-from=- --exclude-from=-", "--exclude-from=/dev/stdin --exclude-from=-"})
    void standardInputIsReadForOnePurpose(String options) {
        Fcp.alone()
                .in(scratch)
                .runScript("echo one | fcp " + options + " source copy")
                .assertCode(2)
                .assertOneComplaint("would both read standard input");
    }

    /** Whoever should write it never comes. */
    @Test
    void aRunThatWaitsForItsListCanBeStopped() {
        scratch.shell("mkfifo fifo");
        try (Running running = Fcp.alone().in(scratch).start("--files-from=fifo", "source", "copy")) {
            Command.shell("until ls -l /proc/$1/fd | grep -q fifo; do sleep 0.01; done", "" + running.pid())
                    .run()
                    .assertCode(0);
            running.terminate();
            running.await("fcp", Duration.ofMinutes(1))
                    .assertCode(4)
                    .assertOneComplaint("stopped: SIGTERM; nothing was done");
        }
        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature", "manifest"})
    void whatIsComparedWithCanComeThroughAPipe(String file) {
        Fsum.alone()
                .in(scratch)
                .run("-q", "-o", "signature", "--manifest=manifest", "source")
                .assertCode(0);
        String check = "fsum -q --check=- source < %s; bash -c '\"$0\" -q --check=<(cat %s) source' $FSUM";
        Fcp fsum = Fsum.alone()
                .in(scratch)
                .with("FSUM", Fcp.HOME.resolve("bin/fsum").toString());
        fsum.runScript(check.formatted(file, file)).assertCode(0);
        scratch.shell("echo more >> source/one");
        Outcome outcome = fsum.runScript("cat " + file + " | fsum -q --check=/dev/stdin source");
        assertThat(outcome.assertCode(3).out())
                .contains("source: differs from /dev/stdin")
                .matches(out -> file.equals("signature") || out.startsWith("changed one: "));
    }

    @Test
    void aDirectoryIsNothingToCompareWith() {
        Fsum.alone()
                .in(scratch)
                .run("--check=.", "source")
                .assertCode(2)
                .assertOneComplaint("--check=.: open: Is a directory");
    }

    // ---- who reads what a run says goes away ----

    /** With the pipe's own size in lines, so that they cannot all be written before anybody looks. */
    @Test
    void whatOnlyPrintsEndsQuietlyWhenNobodyReadsOn() {
        scratch.shell(
                "mkdir many; cd many; for i in $(seq 1000 4000); do : > a-name-of-a-file-that-nobody-reads-$i; done");
        String[] printing = {
            "fcp --dry-run --threads=1 many copy", "fsum -q --manifest=- many", "fcp --help", "fcp --version"
        };
        for (String words : printing) {
            Outcome outcome = fcpAndFsum(words + " | head -1 | wc -l; echo ${PIPESTATUS[0]}");
            assertThat(outcome.out()).as(words).isIn("1\n141\n", "1\n0\n");
            assertThat(outcome.err()).as(words).isEmpty();
            outcome = fcpAndFsum("{ sleep 0.3; " + words + "; } | true; echo ${PIPESTATUS[0]}");
            assertThat(outcome.out()).as(words).isEqualTo("141\n");
            assertThat(outcome.err()).as(words).isEmpty();
        }
        assertThat(fcpAndFsum("{ sleep 0.3; fsum -q many; } | true; echo ${PIPESTATUS[0]}")
                        .out())
                .isEqualTo("141\n");
        assertThat(scratch.shell("ls -A")).isEqualTo("many\nsource\n");
    }

    @Test
    void aComparisonEndsQuietlyWhenNobodyReadsOn() {
        Fsum.alone().in(scratch).run("-q", "--manifest=manifest", "source").assertCode(0);
        scratch.shell(
                "mkdir -p many; cd many; for i in $(seq 1000 4000); do : > a-name-of-a-file-that-nobody-reads-$i; done");
        Outcome outcome = fcpAndFsum("fsum -q --check=manifest many | head -1; echo ${PIPESTATUS[0]}");
        assertThat(outcome.out()).endsWith("\n141\n");
        assertThat(outcome.err()).isEmpty();
        assertThat(scratch.shell("ls -A")).isEqualTo("manifest\nmany\nsource\n");
    }

    /** Its summary, its statistics and its signature may be of interest to nobody, but the copy is. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--stats=-", "--report=/dev/stdout", "-s"})
    void aCopyGoesOnWhenNobodyReadsItsSummary(String options) {
        Outcome outcome = fcpAndFsum("{ sleep 0.3; fcp " + options + " source copy; } | true; echo ${PIPESTATUS[0]}");
        assertThat(outcome.out()).isEqualTo("0\n");
        assertThat(outcome.complaints()).isEmpty();
        outcome = fcpAndFsum("{ sleep 0.3; echo none | fcp --files-from=- " + options
                + " source other; } | true; echo ${PIPESTATUS[0]}");
        assertThat(outcome.out()).as("its true code").isEqualTo("1\n");
        scratch.assertSame("source", "copy");
    }

    @Test
    void whatCannotBePrintedForAnotherReasonIsSaid() {
        Outcome outcome = fcpAndFsum("fsum -q source > /dev/full; echo $?; fcp --help > /dev/full; echo $?");
        assertThat(outcome.out()).isEqualTo("1\n1\n");
        assertThat(outcome.complaints())
                .containsExactly("fsum: standard output cannot be written", "fcp: standard output cannot be written");
    }

    /** Lines of bash. */
    private Outcome fcpAndFsum(String script) {
        String bin = Fcp.HOME.resolve("bin").toString();
        return Command.of("bash", "-c", "PATH=$0:$PATH; " + script, bin)
                .in(scratch.path())
                .run();
    }
}

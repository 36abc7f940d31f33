package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/** bin/fcp finds what belongs to it, however it is called and wherever it lies. */
class LauncherIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir source; echo data > source/file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$home/bin/fcp\" source copy",
                "PATH=\"$home/bin:$PATH\"; fcp source copy",
                "ln -s \"$home/bin/fcp\" link; ln -s link copier; ./copier source copy",
                "ln -s \"$home/bin\" tools; tools/fcp source copy",
                "here=$PWD; cd \"$home/bin\"; ./fcp \"$here/source\" \"$here/copy\"",
                "cd \"$home\"; bin/fcp \"$OLDPWD/source\" \"$OLDPWD/copy\"",
                "env -i PATH=/usr/bin:/bin ${JAVA_HOME:+JAVA_HOME=\"$JAVA_HOME\"} \"$home/bin/fcp\" source copy",
            })
    void isCalledByAnyPath(String call) {
        runAt(Fcp.HOME.toString(), call).assertCode(0);

        scratch.assertSame("source", "copy");
    }

    /** Else a jar, or a file of the run, would be read as standard input and written to as standard output. */
    @ParameterizedTest
    @ValueSource(strings = {"", "mpirun --oversubscribe -np 3 "})
    void nothingTakesThePlaceOfClosedStreams(String started) {
        runAt(
                        Fcp.HOME.toString(),
                        started + "sh -c '\"$0\" -q --stats=stats source copy <&- >&- 2>&-' \"$home/bin/fcp\"")
                .assertCode(0);

        scratch.assertSame("source", "copy");
        assertThat(scratch.resolve("stats")).content().startsWith("{").contains("\"files\"");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"$home/bin/fcp\" source copy >&-', 1, fcp: standard output cannot be written",
        "'\"$home/bin/fsum\" source >&-', 1, fsum: standard output cannot be written",
        "'\"$home/bin/fcp\" --files-from=- source copy <&-', 2, 'fcp: --files-from=-: read: Bad file descriptor'",
        "'\"$home/bin/fcp\" --stats=/dev/stdout source copy >&-', 2, "
                + "'fcp: --stats=/dev/stdout: cannot be written: Bad file descriptor'",
    })
    void aClosedStreamThatIsNeededIsSaid(String call, int code, String message) {
        Outcome outcome = runAt(Fcp.HOME.toString(), call).assertCode(code);

        assertThat(outcome.err()).contains(message);
    }

    @Test
    void theDistributionMayLieInAFolderWithAnOddName() {
        String home = moveTo("it's a \"folder\" * $HOME");

        runAt(home, "\"$home/bin/fcp\" source copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @Test
    void theBuildSharesClasses() {
        assertThat(loadedClasses(Fcp.HOME.toString())).contains("org.pcircle.cli.Fcp source: shared objects file");
        String summing = runAt(Fcp.HOME.toString(), "PCIRCLE_JAVA_OPTS=-Xlog:class+load \"$home/bin/fsum\" source")
                .assertCode(0)
                .out();
        assertThat(summing).contains("org.pcircle.work.batch.SumBatch source: shared objects file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$home/bin/fsum\" source",
                "PATH=\"$home/bin:$PATH\"; fsum source",
                "ln -s \"$home/bin/fsum\" link; ln -s link fcp; ./fcp source",
            })
    void everyCommandIs(String call) {
        Outcome outcome = runAt(Fcp.HOME.toString(), call).assertCode(0);

        assertThat(outcome.out()).startsWith("pcircle1-xxh64:").endsWith("source\n");
    }

    @Test
    void aMovedDistributionRunsAsQuietlyAsBeforeAndSharesClassesWhenTold() {
        String home = moveTo("moved");
        Outcome outcome = runAt(home, "\"$home/bin/fcp\" --quiet source copy").assertCode(0);
        assertThat(outcome.out() + outcome.err()).isEmpty();

        Command.of(home + "/lib/share-classes").run().assertCode(0);

        assertThat(loadedClasses(home)).contains("org.pcircle.cli.Fcp source: shared objects file");
        assertThat(Command.of("ls", home + "/lib/cds").run().out().lines()).hasSize(2);
    }

    private String moveTo(String name) {
        String home = scratch.resolve(name).toString();
        Command.of("cp", "-r", Fcp.HOME.toString(), home).run().assertCode(0);
        return home;
    }

    /** What the JVM says of each class that it loads in a run. */
    private String loadedClasses(String home) {
        return runAt(home, "PCIRCLE_JAVA_OPTS=-Xlog:class+load \"$home/bin/fcp\" source shared")
                .assertCode(0)
                .out();
    }

    /** The launcher is held where it reads the version of Java: long before there is a JVM. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "USR1", "USR2", "HUP", "XCPU"})
    void aSignalBeforeThereIsAJvmStopsTheRunToo(String signal) {
        Outcome outcome = runWithSignalAtStart("env --default-signal=HUP", signal)
                .assertCode(4)
                .assertOneComplaint("stopped: SIG" + signal);

        assertThat(outcome.err()).doesNotContain("no Java");
    }

    @Test
    void aHangupThatIsIgnoredDoesNotStopTheRun() {
        runWithSignalAtStart("nohup", "HUP").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    private Outcome runWithSignalAtStart(String before, String signal) {
        String java = System.getProperty("java.home");
        scratch.shell("mkdir jdk; ln -s '" + java + "'/* jdk; rm -f jdk/release; mkfifo jdk/release");
        // Opening the FIFO waits for the one who reads it.
        return runAt(Fcp.HOME.toString(), """
                JAVA_HOME=$PWD/jdk %s "$home/bin/fcp" source copy &
                exec 3>jdk/release
                kill -%s $!
                sed -n '/JAVA_VERSION=/p' '%s/release' >&3
                exec 3>&-
                wait $!
                """.formatted(before, signal, java));
    }

    /** Runs lines of the shell that know where a distribution is. */
    private Outcome runAt(String home, String script) {
        return Command.shell("home=$1; shift; " + script, home)
                .in(scratch.path())
                .run();
    }
}

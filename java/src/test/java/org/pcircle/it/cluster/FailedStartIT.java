package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.PublicDistribution;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/**
 * A JVM or an MPI that cannot start is said on one line, with exit code 2, and leaves nothing; one that dies later
 * makes 5. Neither is ever 1 or 3, which mean something else, as the JVM and MPI have it.
 */
class FailedStartIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir source here; echo data > source/file; echo slow > source/slow");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PCIRCLE_JAVA_OPTS | -XX:+NoSuchOption | NoSuchOption",
                "PCIRCLE_JAVA_OPTS | --no-such-option | --no-such-option",
                "PCIRCLE_JAVA_OPTS | -Xmx1k | heap",
                "PCIRCLE_JAVA_OPTS | -agentlib:nothing | nothing",
                "JAVA_TOOL_OPTIONS | -XX:NoSuchOption=1 | NoSuchOption",
                "JAVA_HOME | /no/java/here | /no/java/here",
                "PATH | /no/java/here | no Java here",
            })
    void optionsThatMakeNoSenseAreSaid(String variable, String value, String words) {
        assumeTrue(System.getenv("JAVA_HOME") == null || !variable.equals("PATH"), "JAVA_HOME goes before PATH");
        assertRefused(Fcp.alone().with(variable, value).in(here()).run("../source", "../copy"), words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Too little address space, for one thing after the other.
                "ulimit -v 15000; fcp source copy",
                "ulimit -v 40000; fcp source copy",
                "ulimit -v 150000; fcp source copy",
                "ulimit -v 300000; fcp source copy",
                "ulimit -v 700000; fcp source copy",
                "mkdir gone; source=$PWD/source copy=$PWD/copy; cd gone; rmdir ../gone; fcp \"$source\" \"$copy\"",
            })
    void whatTheJvmCannotBeginWithIsSaid(String script) {
        assertRefused(Fcp.alone().in(scratch).runScript(script));
    }

    @Test
    void withoutProcItIsSaid() {
        assumeTrue(Command.shell("unshare -m true").run().code() == 0, "no mount namespace can be made");

        assertRefused(
                Command.shell(
                                "exec unshare -m sh -c 'mount -t tmpfs none /proc; exec \"$1\" source copy' sh \"$1\"",
                                fcp())
                        .in(scratch.path())
                        .run(),
                "/proc");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void tooFewThreadsAreSaid(int threads) {
        String home = PublicDistribution.home().toString();
        scratch.shell("chmod 777 .");

        // A user who has no other process, wherever this runs.
        Outcome outcome = Command.shell(
                        "exec setpriv --reuid 54321 --clear-groups prlimit --nproc=$2 \"$1/bin/fcp\" source copy",
                        home,
                        Integer.toString(threads))
                .in(scratch.path())
                .run();

        assertRefused(outcome, "thread");
    }

    @Test
    void aJavaThatIsTooOldIsSaid() {
        scratch.shell(
                "mkdir -p old/bin; echo 'JAVA_VERSION=\"1.8.0_402\"' > old/release; : > old/bin/java; chmod a+x old/bin/java");

        assertRefused(
                Fcp.alone()
                        .with("JAVA_HOME", scratch.resolve("old").toString())
                        .in(scratch)
                        .run("source", "copy"),
                "Java 1.8.0_402 is too old",
                "17 or newer");
    }

    @Test
    void aJavaThatIsAScriptIsAskedWhereItLives() {
        String java = System.getProperty("java.home") + "/bin/java";
        scratch.shell(
                "mkdir bin; printf '#!/bin/sh\\nexec \"%s\" \"$@\"\\n' '" + java + "' > bin/java; chmod a+x bin/java");

        Command.shell("unset JAVA_HOME; PATH=\"$PWD/bin:$PATH\"; exec \"$1\" -q source copy", fcp())
                .in(scratch.path())
                .run()
                .assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "rm home/lib/pcircle.jar ! pcircle.jar: No such file",
                "head -c 1000 \"$1/lib/pcircle.jar\" > home/lib/pcircle.jar ! pcircle.jar",
                "rm home/lib/commons-cli*.jar ! damaged",
                "rm home/lib/libpcircle.so ! libpcircle.so",
                "printf '\\267' | dd of=home/lib/libpcircle.so bs=1 seek=18 conv=notrunc 2>dd ! libpcircle.so",
            },
            quoteCharacter = '~')
    void aDamagedInstallationIsSaid(String damage, String words) {
        Command.shell("cp -r \"$1\" home; " + damage, Fcp.HOME.toString())
                .in(scratch.path())
                .run()
                .assertCode(0);
        Outcome outcome = Command.of(scratch.resolve("home/bin/fcp").toString(), "source", "copy")
                .in(scratch.path())
                .run();

        assertRefused(outcome, words);
    }

    /** As where Open MPI's components do not fit, or its library is missing. */
    @ParameterizedTest
    @ValueSource(strings = {"OMPI_MCA_pml=nothing", "OMPI_MCA_btl=nothing"})
    void anMpiThatCannotStartIsSaidByRank0(String setting) {
        Fcp.assumeOpenMpi();
        String[] words = setting.split("=", 2);

        assertRefused(
                Fcp.underMpirun(3).with(words[0], words[1]).in(here()).run("../source", "../copy"),
                "Open MPI cannot be started");
        assertRefused(
                Fcp.alone().with(words[0], words[1]).in(here()).run("--transport=mpi", "../source", "../copy"),
                "Open MPI cannot be started: ");
    }

    @Test
    void otherLaunchersThanOpenMpisAreSaidOnce() {
        Fcp.assumeOpenMpi();
        for (String rank : new String[] {"0", "1"}) {
            Outcome outcome = Fcp.alone()
                    .with("SLURM_PROCID", rank)
                    .with("SLURM_STEP_NUM_TASKS", "2")
                    .in(here())
                    .run("../source", "../copy")
                    .assertCode(2);
            assertThat(outcome.complaints()).hasSize(rank.equals("0") ? 1 : 0);
        }
        assertThat(scratch.resolve("copy")).doesNotExist();
    }

    @Test
    void ofManyRanksThatCannotStartTheFirstSpeaks() {
        Fcp.assumeOpenMpi();

        assertRefused(
                Fcp.underMpirun(3).with("JAVA_HOME", "/no/java/here").in(here()).run("../source", "../copy"),
                "no Java here");
    }

    @Test
    void aRankThatAloneCannotStartSpeaksForItself() {
        Fcp.assumeOpenMpi();

        Command.shell(
                        "exec mpirun --oversubscribe -np 1 \"$1\" source copy"
                                + " : -np 1 env JAVA_HOME=/no/java/here \"$1\" source copy",
                        fcp())
                .in(scratch.path())
                .run()
                .assertCode(2)
                .assertOneComplaint("rank 1 on ", "no Java here");
    }

    /** The JVM's own code for this is 3. */
    @ParameterizedTest
    @ValueSource(strings = {"", " -XX:+ExitOnOutOfMemoryError", " -XX:+CrashOnOutOfMemoryError"})
    void runningOutOfMemoryMakes5(String option) {
        scratch.shell("seq -f '*pattern%.0f' 60000 > patterns");

        Outcome outcome = Fcp.alone()
                .with("PCIRCLE_JAVA_OPTS", "-Xmx6m -Xmn1m" + option)
                .in(here())
                .run("--exclude-from=../patterns", "../source", "../copy")
                .assertCode(5);

        assertThat(outcome.complaints()).hasSize(1);
    }

    /** Workers have their own threads: what they lack reaches the user in the same one line. */
    @Test
    void aWorkerThatRunsOutOfMemoryMakes5() {
        scratch.shell("mkdir links; cd links; touch a; for i in $(seq 100); do ln a b$i; done");
        Outcome outcome = Fcp.alone()
                .with("PCIRCLE_JAVA_OPTS", "-Xmx2m -Xmn1m")
                .in(here())
                .run("../links", "../copy")
                .assertCode(5);
        assertThat(outcome.complaints()).hasSize(1).first().asString().contains("out of memory");
    }

    @Test
    void aJvmThatDiesMakes5AndSaysWhereItsReportIs() throws IOException {
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(here()).start("../source", "../copy")) {
            gate.awaitReached();
            Command.of("kill", "-SEGV", Long.toString(running.pid())).run().assertCode(0);
            running.await("fcp", LIMIT)
                    .assertCode(5)
                    .assertOneComplaint("internal error", "./hs_err_pid" + running.pid() + ".log");
            assertThat(Files.readString(here().resolve("hs_err_pid" + running.pid() + ".log")))
                    .contains("SIGSEGV");
        }
        assertThat(scratch.shell("ls here | grep -v hs_err || true")).isEmpty();
    }

    /** One complaint, and nothing touched. */
    private void assertRefused(Outcome outcome, String... words) {
        outcome.assertCode(2).assertOneComplaint(words);
        assertThat(scratch.resolve("copy")).doesNotExist();
        assertThat(scratch.shell("ls here; ls | grep -E 'hs_err|core' || true")).isEmpty();
    }

    private Path here() {
        return scratch.resolve("here");
    }

    private static String fcp() {
        return Fcp.HOME.resolve("bin/fcp").toString();
    }
}

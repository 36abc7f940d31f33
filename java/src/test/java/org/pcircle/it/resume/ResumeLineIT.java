package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Slow;

/** What a stopped run says, so that it can be gone on with from anywhere, and what it leaves. */
class ResumeLineIT extends ResumeScene {

    private static final Duration PROMPT = Duration.ofSeconds(20);

    private static final String GO_ON = "fcp: stopped: SIG%s; go on with: ";

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "USR1", "USR2", "XCPU"})
    void whatAStoppedRunSaysCanBePasted(String signal) {
        makeSource();

        Outcome stopped = stop(Fcp.alone(), signal, "'source' copy").assertCode(4);

        String last = stopped.err().lines().reduce((first, second) -> second).orElse("");
        String start = GO_ON.formatted(signal);
        assertThat(last)
                .startsWith(start + Fcp.HOME.resolve("bin/fcp") + " --resume ")
                .endsWith(sourceAndCopy());
        Command.shell(last.substring(start.length())).run().assertCode(0);
        assertIsWhole();
    }

    @Test
    void mpirunPassesOnWhatStopsAllRanks() {
        Fcp.assumeOpenMpi();
        makeSource();

        stop(Fcp.underMpirun(4), "USR1", "--checkpoint-id=r source copy")
                .assertCode(4)
                .assertOneComplaint(
                        "stopped: SIGUSR1; go on with (and with mpirun's other options as before): mpirun -np 4 ",
                        "/fcp --resume r" + sourceAndCopy());

        Fcp.underMpirun(3).in(scratch).run("--resume", "r", "copy").assertCode(0);
        assertIsWhole();
    }

    /** mpirun gives the others a second. Whichever is lost, one of them speaks. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void whenARankIsLostAnotherSaysHowToGoOn(int lost) {
        Fcp.assumeOpenMpi();
        makeSource();
        try (Running running = start(Fcp.underMpirun(4), "--checkpoint-id=r source copy")) {
            signal("KILL", Jvm.ofRank(lost, running.ranks()).pid());

            running.await("fcp", Duration.ofSeconds(20))
                    .assertOneComplaint(
                            "SIGTERM; if nothing follows, go on with (and with mpirun's other options as before): mpirun -np 4 ",
                            "/fcp --resume r" + sourceAndCopy());
        }
        Fcp.underMpirun(3).in(scratch).run("--resume", "r", "copy").assertCode(0);
        assertIsWhole();
    }

    /** What the run writes and how it goes is told again; the list of what failed goes on. */
    @Test
    void aResumedRunWritesWhatTheStoppedOneWouldHave() {
        makeSource();
        scratch.shell("chmod 711 .; chmod 755 source; touch source/closed; chmod 0 source/closed");
        Outcome stopped = stop(
                        Fcp.alone(),
                        "TERM",
                        "--stats=figures --report=./page --errors=list -q --threads=2 -s -o sign source copy")
                .assertCode(4);
        String said = stopped.err();
        assertThat(said)
                .contains(
                        "--threads=2",
                        "--errors=" + scratch.resolve("list"),
                        "--stats=" + scratch.resolve("figures"),
                        "--report=" + scratch.resolve("page"),
                        "--output=" + scratch.resolve("sign"),
                        "--quiet");
        scratch.shell("rm figures page; echo earlier > list; ln -s nowhere copy/closed");
        Outcome resumed = Command.shell(said.substring(said.indexOf("go on with: ") + "go on with: ".length()))
                .run();
        assertThat(resumed.out()).doesNotContain("entries");
        assertThat(scratch.resolve("figures")).isNotEmptyFile();
        assertThat(scratch.resolve("page")).isNotEmptyFile();
        assertThat(scratch.shell("head -1 list")).isEqualTo("earlier\n");
    }

    @Test
    void aFileThatWasGrowingAndAStateOfOnesOwnAreFoundFromAnywhere() {
        scratch.shell("mkdir state; head -c 60M /dev/urandom > source");
        String line;
        try (Running running = Slow.writes(Fcp.alone(), 100_000)
                .in(scratch)
                .start("--cptime=0.1", "--chunk-size=1M", "--checkpoint-dir=state", "--cpid=r", "./source", "copy")) {
            await(() -> newestCheckpoint("state/r") >= 2);
            running.terminate();
            String said = running.await("fcp", LIMIT).assertCode(4).err();
            line = said.substring(said.indexOf("go on with: ") + "go on with: ".length());
        }
        Command.shell(line).run().assertCode(0);
        scratch.shell("cmp source copy");
        assertThat(scratch.shell("ls -A state; ls -A")).isEqualTo("copy\nsource\nstate\n");
    }

    @Test
    void aSumIsGoneOnWithFromAnywhere() {
        scratch.shell("mkdir source; echo slow > source/slow; head -c 3M /dev/urandom > source/large");
        Gate gate = new Gate(scratch, "slow");
        String line;
        try (Running running = gate.stopping(Fsum.alone())
                .in(scratch)
                .start("--checkpoint-interval=0.1", "--checkpoint-id=r", "-q", "--manifest=manifest", "source")) {
            gate.awaitReached();
            await(() -> newestCheckpoint(".fcp.r/r") >= 2);
            running.terminate();
            gate.open();
            String said = running.await("fsum", LIMIT).assertCode(4).err();
            line = said.substring(said.indexOf("go on with: ") + "go on with: ".length());
        }
        Command.shell(line).run().assertCode(0);
        Fsum.alone().in(scratch).run("--check=manifest", "source").assertCode(0);
        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    /** Into a shell that knows how to write any byte, as bash does. */
    @Test
    void whatAStoppedRunSaysCanBePastedWhateverThingsAreCalled() {
        makeSource();
        scratch.shell("mkdir -- -state; mv -- source \"$(printf -- \"-it's \\\\n \\\\377 \\$a\")\"");
        String command = Fcp.HOME.resolve("bin/fcp") + " --checkpoint-id=r --checkpoint-dir=-state -- -it* '-c opy'";

        Outcome stopped = Slow.writes(Fcp.alone(), SLOW_MICROS)
                .in(scratch)
                .runScript(command + " & sleep 2; kill -TERM $!; wait $!")
                .assertCode(4);

        String start = GO_ON.formatted("TERM");
        String line = stopped.err().substring(stopped.err().indexOf(start) + start.length());
        Fcp.alone().with("LINE", line).runScript("exec bash -c \"$LINE\"").assertCode(0);
        scratch.shell("mv -- -it* source; mv -- '-c opy' copy; rmdir -- -state");
        assertIsWhole();
    }

    @Test
    void aSecondInterruptEndsTheRunAtOnce() {
        scratch.shell("mkdir source && echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("source", "copy")) {
            gate.awaitReached();
            signal("INT", running.pid());
            pause(500);
            assertThat(running.isAlive()).isTrue();
            signal("INT", running.pid());

            running.await("fcp", PROMPT).assertCode(130);
        }
    }

    @AloneAndUnderMpirun
    void withoutCheckpointsNothingOfTheRunIsLeft(int ranks) {
        makeSource();

        stop(Fcp.withRanks(ranks), "USR1", "--checkpoint-interval=0 --chunk-size=64K source copy")
                .assertCode(4)
                .assertOneComplaint("stopped: SIGUSR1; there is no checkpoint to go on from");

        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }
}

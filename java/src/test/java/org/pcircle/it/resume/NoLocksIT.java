package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/** Where files cannot be locked nobody can tell whether a run is alive: then it is not taken for dead. */
class NoLocksIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSource() {
        scratch.shell("mkdir source; echo data > source/file; head -c 3M /dev/urandom > source/large");
    }

    /** ENOLCK, ENOSYS, EOPNOTSUPP and EINVAL. */
    @ParameterizedTest
    @CsvSource({"1, 37", "4, 38", "1, 95", "4, 22"})
    void aRunSaysOnceThatNobodyCanTellWhetherItIsAlive(int ranks, int errno) {
        NoLocks.failing(Fcp.withRanks(ranks), errno)
                .in(scratch)
                .run("--checkpoint-interval=0.05", "source", "copy")
                .assertCode(0)
                .assertOneComplaint(
                        "warning: files cannot be locked in copy",
                        "nobody can tell whether this run is alive: to resume it after a kill, delete its lock first");

        scratch.assertSame("source", "copy");
        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    @Test
    void aRunThatIsStoppedThereCanBeResumedByWhoeverKnowsThatItIsDead() {
        Gate gate = new Gate(scratch, "file");
        Fcp fcp = NoLocks.failing(Fcp.alone(), 37);
        String preloaded = System.getProperty("pcircle.native").replaceFirst("[^/]*$", "cmake/");
        Fcp stopping = gate.stopping(fcp).with("LD_PRELOAD", preloaded + "nolocks.so:" + preloaded + "slow.so");
        try (Running running = stopping.in(scratch).start("--checkpoint-interval=0.05", "source", "copy")) {
            gate.awaitReached();
            Command.of("kill", "-TERM", Long.toString(running.pid())).run().assertCode(0);
            gate.open();

            Outcome outcome = running.await("fcp", Duration.ofSeconds(30));

            assertThat(outcome.assertCode(4).err()).contains("go on with: ");
        }
        String id = scratch.shell("ls copy/.fcp").strip();
        NoLocks.failing(Fcp.alone(), 37)
                .in(scratch)
                .run("--resume", id, "copy")
                .assertCode(2)
                .assertOneComplaint("if it is not, delete copy/.fcp/" + id + "/lock and say this again");
        NoLocks.failing(Fcp.alone(), 37)
                .in(scratch)
                .run("--discard=" + id, "copy")
                .assertCode(2)
                .assertOneComplaint("nobody can tell", "/copy/.fcp/" + id + " and the files called .fcp." + id + ".*");

        scratch.shell("rm copy/.fcp/" + id + "/lock");
        NoLocks.failing(Fcp.alone(), 37).in(scratch).run("--resume", id, "copy").assertCode(0);

        scratch.assertSame("source", "copy");
        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {37, 22})
    void aRunIsNotResumedThere(int errno) {
        Gate gate = new Gate(scratch, "file");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();
            running.kill();
        }
        assertThat(scratch.resolve("copy/.fcp/r/checkpoint.0")).exists();

        NoLocks.failing(Fcp.alone(), errno)
                .in(scratch)
                .run("--resume", "r", "copy")
                .assertCode(2)
                .assertOneComplaint(
                        "files cannot be locked there", "nobody can tell whether this run is still going on");

        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }
}

package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Running;

/** What cannot be resumed is refused, and nothing touched. */
class ResumeRefusedIT extends ResumeScene {

    @Test
    void whereARunWasLookedForIsSaid() {
        Fcp.alone()
                .in(scratch)
                .run("--resume=none", "source", "copy")
                .assertCode(2)
                .assertOneComplaint(
                        "there is no such run to go on with in " + scratch.resolve("copy/.fcp") + ", ",
                        scratch.resolve(".fcp") + ", ",
                        "or paths that are not absolute begin in another directory");
        Fsum.alone()
                .in(scratch)
                .run("--resume=none", "source")
                .assertCode(2)
                .assertOneComplaint("no such run to go on with in " + scratch.resolve(".fcp"));
        Fcp.alone()
                .in(scratch)
                .run("--resume=none", "--checkpoint-dir=some/where")
                .assertCode(2)
                .assertOneComplaint("no such run to go on with in " + scratch.resolve("some/where") + ":");
    }

    @Test
    void whatIsNotThereIsRefused() {
        makeSource();
        Fcp.alone().in(scratch).run("--checkpoint-id=r", "source", "copy").assertCode(0);

        assertRefused("there is no such run", "--resume r source copy");
        assertRefused("there is no such run", "--resume r copy");
        assertRefused("there is no such run", "--resume copy/.fcp/r");
        assertRefused("there is no checkpoint", "--resume ./source");
        assertIsWhole();
    }

    @Test
    void aRunThatIsAliveIsRefused() {
        makeSource();
        try (Running running = start(Fcp.alone(), "--checkpoint-id=r source copy")) {
            signal("STOP", running.pid());
            assertRefused("still going on", "--resume r source copy");
            assertRefused("still going on", "--resume copy/.fcp/r");

            running.kill();
        }
        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(0);
        assertIsWhole();
    }

    /** As after mpirun has ended, which does not wait until nothing is left of its ranks. */
    @Test
    void aRunThatIsJustBeingKilledIsWaitedFor() {
        makeSource();
        try (Running running = start(Fcp.alone(), "--checkpoint-id=r source copy")) {
            signal("STOP", running.pid());
            try (Running resumed = Fcp.alone().in(scratch).start("--resume", "r", "copy")) {
                pause(1000);
                assertThat(resumed.isAlive()).isTrue();
                running.kill();
                resumed.await("fcp", LIMIT).assertCode(0);
            }
        }
        assertIsWhole();
    }

    @Test
    void whatDoesNotAgreeIsRefused() {
        makeSource();
        scratch.shell("mkdir other");
        stop(Fcp.alone(), "TERM", "--checkpoint-id=r source copy").assertCode(4);

        assertRefused("there is such a run", "-f --checkpoint-id=r source copy");
        assertRefused("another source", "--resume copy/.fcp/r other copy");
        assertRefused("other sources", "--resume copy/.fcp/r source source copy");
        assertRefused("another destination", "--resume copy/.fcp/r source other");
        for (String option : new String[] {
            "-p",
            "-c",
            "-s",
            "-u",
            "-f",
            "--delete",
            "--mirror",
            "--ignore-existing",
            "--max-delete=1",
            "--exclude=x",
            "--files-from=x",
            "--chunk-size=1M",
            "--checkpoint-id=x"
        }) {
            assertRefused(option.startsWith("--") ? option.split("=", 2)[0] : "--", option + " --resume r source copy");
        }
        Fcp.alone().in(scratch).run("--resume", "r", "source", "copy").assertCode(0);
        assertIsWhole();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncate -s -1 $checkpoint",
                "truncate -s 10 $snapshot",
                ": > $snapshot",
                "rm $snapshot",
                "printf x | dd of=$snapshot bs=1 seek=40 conv=notrunc status=none",
                "printf x | dd of=$checkpoint bs=1 seek=40 conv=notrunc status=none",
                "cp $checkpoint $snapshot",
                "cp $snapshot $checkpoint",
                "head -c 5000 /dev/urandom > $checkpoint",
            })
    void aDamagedCheckpointIsRefused(String damage) {
        makeSource();
        stop(Fcp.alone(), "TERM", "--checkpoint-id=r source copy").assertCode(4);
        scratch.shell("cd copy/.fcp/r; checkpoint=$(ls checkpoint.* | sort -V | tail -1);"
                + " snapshot=snapshot.${checkpoint#*.}.0; " + damage);
        String before = scratch.shell("find copy -not -path '*/.fcp*' -printf '%p %T@ %C@ %s\\n' | sort");

        assertRefused("checkpoint", "--resume r copy");
        Fcp.assumeOpenMpi();
        Fcp.underMpirun(3)
                .in(scratch)
                .run("--resume", "r", "copy")
                .assertCode(2)
                .assertOneComplaint("checkpoint");

        assertThat(scratch.shell("find copy -not -path '*/.fcp*' -printf '%p %T@ %C@ %s\\n' | sort"))
                .isEqualTo(before);
    }

    private void assertRefused(String why, String words) {
        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(2).assertOneComplaint(why);
    }
}

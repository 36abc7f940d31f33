package org.pcircle.it.resume;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.fs.TemporaryName;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Json;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** What a dead run has left is deleted, all of it and nothing else; where it may be alive nothing is touched. */
class DiscardIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String HASH = "0123456789abcdef";

    /** As a run that was killed leaves it: 4 files of its own, 5 that were growing. */
    private static final String LEFT = """
            mkdir -p copy/.fcp/r copy/below/deeper copy/empty
            cd copy
            echo data | tee file > below/deeper/file
            touch .fcp/r/lock .fcp/r/room .fcp/r/snapshot.0.3 .fcp/r/links.0.1
            for where in . below below/deeper empty; do echo half > $where/.fcp.r.%1$s; done
            echo half > below/.fcp.r.%1$s+
            """.formatted(HASH);

    /** What is called almost so, or is no regular file. */
    private static final String OTHERS = """
            cd copy
            mkdir -p .fcp/s .fcp/content below/.fcp/r empty/.fcp.r.fedcba9876543210
            touch .fcp/s/lock .fcp/content/x below/.fcp/r/lock empty/.fcp.r.fedcba9876543210/x
            touch .fcp.s.%1$s .fcp.r.%1$s- .fcp.r.%1$s++ .fcp.r.x%1$s .fcp.r.0123456789ABCDEF .fcp.rr.%1$s fcp.r.%1$s
            ln -s file below/.fcp.r.aaaaaaaaaaaaaaaa; mkfifo .fcp.r.bbbbbbbbbbbbbbbb
            mkdir ../outside; touch ../outside/.fcp.r.%1$s; ln -s ../outside link
            """.formatted(HASH);

    private static final String SHOW = "find . -printf '%p %y %s %m %T@ %C@\\n' | LC_ALL=C sort";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void allThatTheRunHasLeftGoesAndNothingElse(int ranks) {
        scratch.shell(LEFT);
        scratch.shell(OTHERS);
        String all = scratch.shell("find . | sort");

        Outcome dry = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--dry-run", "--discard=r", "copy")
                .assertCode(0);
        assertThat(scratch.shell("find . | sort")).isEqualTo(all);
        Outcome outcome =
                Fcp.withRanks(ranks).in(scratch).run("--discard=r", "copy").assertCode(0);

        assertThat(outcome.out()).isEqualTo("run r: removed 9 files, 25 B\n");
        String gone = "copy/.fcp.r.%1$s copy/.fcp/r copy/below/.fcp.r.%1$s copy/below/.fcp.r.%1$s+"
                + " copy/below/deeper/.fcp.r.%1$s copy/empty/.fcp.r.%1$s";
        String left = scratch.shell("find . | sort");
        assertThat(all.lines().filter(path -> left.lines().noneMatch(path::equals)))
                .filteredOn(path -> !path.startsWith("./copy/.fcp/r/"))
                .map(path -> path.substring(2))
                .containsExactlyInAnyOrder(gone.formatted(HASH).split(" "));
        assertThat(dry.out().lines().filter(line -> line.startsWith("delete ")).map(line -> line.substring(7)))
                .containsExactlyInAnyOrder(gone.formatted(HASH).split(" "));
        assertThat(dry.out()).contains("run r: would remove 9 files, 25 B\n");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--discard=r", "copy")
                .assertCode(2)
                .assertOneComplaint("no such run");
    }

    @Test
    void whereNothingElseIsThereTheDirectoryOfRunsGoesToo() {
        scratch.shell(LEFT);

        Fcp.alone().in(scratch).run("-q", "--discard=r", "copy/").assertCode(0);

        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/copy/.fcp.t/t, --discard=t copy",
        "no run is called so, --discard=../copy copy",
        "holds what no run has made, --discard=content copy",
        "it has no lock, --discard=unlocked copy",
        "there is no such run, --discard=linked copy",
        "DEST is missing, --discard=r",
        "the DEST of the run and nothing else, --discard=r source copy",
        "--update: , -u --discard=r copy",
        "--resume: , --resume r --discard=r copy",
        "--exclude: , --discard=r --exclude=x copy",
        "--one-file-system: , -x --discard=r copy",
        "--checkpoint-id: , --checkpoint-id=r --discard=r copy",
        "no such run, --checkpoint-dir=copy --discard=r copy",
    })
    void whatCannotBeIsRefusedAndNothingIsTouched(String why, String words) {
        scratch.shell(LEFT);
        scratch.shell("cd copy/.fcp; mkdir content unlocked; touch content/x unlocked/links.0.0; ln -s r linked");
        String before = scratch.shell(SHOW);

        run(words).assertCode(2).assertOneComplaint(why.strip());

        assertThat(scratch.shell(SHOW)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {37, 38, 95})
    void whereFilesCannotBeLockedNothingIsTouched(int errno) {
        scratch.shell(LEFT);
        String before = scratch.shell(SHOW);

        NoLocks.failing(Fcp.alone(), errno)
                .in(scratch)
                .run("--discard=r", "copy")
                .assertCode(2)
                .assertOneComplaint(
                        "files cannot be locked there", "nobody can tell whether this run is still going on");

        assertThat(scratch.shell(SHOW)).isEqualTo(before);
    }

    @Test
    void aRunThatIsAliveIsLeftAlone() {
        scratch.shell("mkdir source; echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();

            Fcp.alone().in(scratch).run("--discard=r", "copy").assertCode(2).assertOneComplaint("still going on");

            gate.open();
            running.await("fcp", LIMIT).assertCode(0);
        }
        scratch.assertSame("source", "copy");
    }

    /** It stands still between its lock and its first deletion. */
    @Test
    void nobodyGoesOnWithARunThatIsJustBeingDiscarded() {
        killedRun();
        Gate gate = new Gate(scratch, "checkpoint.0");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--discard=r", "copy")) {
            gate.awaitReached();

            Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(2).assertOneComplaint("still going on");

            gate.open();
            running.await("fcp", LIMIT).assertCode(0);
        }
        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(2).assertOneComplaint("no such run");
    }

    /** Before each of its steps in the run's own directory, which goes last. */
    @Test
    void whoeverIsKilledMeanwhileCanBeginAgain() {
        int code = 137;
        for (int step = 1; code == 137; step += 2) {
            scratch.shell("rm -rf copy");
            scratch.shell(LEFT);
            code = Fatal.at(Fcp.alone(), 0, -1, step)
                    .in(scratch)
                    .run("--discard=r", "copy")
                    .code();
            if (code == 137 && scratch.shell("ls copy/.fcp").contains("r")) {
                Fcp.alone().in(scratch).run("--discard=r", "copy").assertCode(0);
            }
            assertThat(scratch.shell("find copy -path '*.fcp*' -not -name .fcp"))
                    .as("step %d", step)
                    .isEmpty();
        }
        assertThat(code).isZero();
    }

    @Test
    void whoeverIsStoppedSaysThatItCanBeGivenAgain() {
        killedRun();
        Gate gate = new Gate(scratch, "checkpoint.0");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--discard=r", "copy")) {
            gate.awaitReached();
            Command.of("kill", "-TERM", Long.toString(running.pid())).run().assertCode(0);
            gate.open();

            running.await("fcp", LIMIT)
                    .assertCode(4)
                    .assertOneComplaint("stopped: SIGTERM; give the same command again");
        }
        run("-q --discard=r copy").assertCode(0);
        assertThat(scratch.shell("find copy -name '.fcp*'")).isEmpty();
    }

    @AloneAndUnderMpirun
    void whatCannotBeDeletedIsListedAndTheRunIsKept(int ranks) {
        scratch.shell(LEFT);
        User.giveToUnprivileged(scratch.resolve("copy"));
        scratch.shell("chmod 555 copy/below");

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--errors=errors", "--discard=r", "copy")
                .assertCode(1);

        assertThat(Json.objects(scratch.resolve("errors")))
                .extracting(entry -> entry.get("path"))
                .containsExactlyInAnyOrder("copy/below/.fcp.r." + HASH, "copy/below/.fcp.r." + HASH + "+");
        assertThat(scratch.resolve("copy/.fcp/r/lock")).exists();
        scratch.shell("chmod 755 copy/below");
        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--discard=r", "copy")
                .assertCode(0);
        assertThat(scratch.shell("find copy -name '.fcp*'")).isEmpty();
    }

    /** Its state is in the directory that holds it, where other things stand that are none of its business. */
    @Test
    void aSingleFileIsADestinationToo() {
        scratch.shell("mkdir into; echo slow > slow; touch into/.fcp.r." + HASH + " into/.fcp.s." + HASH);
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "slow", "into/file")) {
            gate.awaitReached();
            running.kill();
        }
        String growing = new String(TemporaryName.of(".fcp.r.", new byte[] {'f', 'i', 'l', 'e'}), US_ASCII);
        scratch.shell("echo half > into/" + growing);

        Fcp.alone().in(scratch).run("--discard=r", "into/other").assertCode(2).assertOneComplaint("into/file");
        Fcp.alone().in(scratch).run("-q", "--discard=r", "into/file").assertCode(0);

        assertThat(scratch.shell("ls -A into | sort")).isEqualTo(".fcp.r.%1$s\n.fcp.s.%1$s\n".formatted(HASH));
    }

    @Test
    void theCheckpointMayBeElsewhere() {
        scratch.shell("mkdir source state other; echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone())
                .in(scratch)
                .start("--checkpoint-id=r", "--checkpoint-dir=state", "source", "copy")) {
            gate.awaitReached();
            running.kill();
        }
        scratch.shell("echo half | tee copy/.fcp.r.%1$s > other/.fcp.r.%1$s".formatted(HASH));

        String words = "-q --checkpoint-dir=state --discard=r ";
        Fcp.alone()
                .in(scratch)
                .run((Object[]) (words + "other").split(" "))
                .assertCode(2)
                .assertOneComplaint("another destination: copy");
        Fcp.alone().in(scratch).run((Object[]) (words + "copy").split(" ")).assertCode(0);

        assertThat(scratch.shell("ls -A state copy other"))
                .isEqualTo("copy:\n\nother:\n.fcp.r." + HASH + "\n\nstate:\n");
    }

    @Test
    void aSumIsDiscardedWhereItWasStarted() {
        scratch.shell("mkdir -p .fcp.r/r; touch .fcp.r/r/lock .fcp.r/r/manifest.0.0");

        Fcp.alone().in(scratch).run("-q", "--discard=r", ".").assertCode(0);

        assertThat(scratch.shell("ls -A")).isEmpty();
    }

    @Test
    void theNextRunSaysWhatHelpsInOneLineUnlessMachinesRead() {
        killedRun();
        String copy = scratch.resolve("copy").toString();
        String update = "-u source copy";

        run("--progress=none " + update)
                .assertCode(0)
                .assertOneComplaint(
                        "an earlier run, r, was not finished",
                        "fcp --resume r " + copy + ", or",
                        "fcp --discard=r " + copy);
        assertThat(run("-q " + update).assertCode(0).complaints()).isEmpty();
        assertThat(run("--progress=json " + update).assertCode(0).complaints()).isEmpty();
        scratch.shell("mkdir copy/.fcp/s copy/.fcp/content; touch copy/.fcp/s/lock copy/.fcp/content/x");
        run(update)
                .assertCode(0)
                .assertOneComplaint(
                        "2 earlier runs were not finished", "ls " + copy + "/.fcp", "--resume ID", "--discard=ID");

        run("-q --discard=r copy").assertCode(0);
        run(update).assertCode(0).assertOneComplaint("an earlier run, s, was not finished", "--discard=s");
        run("-q --discard=s copy").assertCode(0);
        assertThat(run(update).assertCode(0).complaints()).isEmpty();
    }

    @Test
    void aRunThatIsGoingOnIsNotCalledLeftOver() {
        scratch.shell("mkdir source; echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();

            run("-u --dry-run source copy").assertCode(0).assertOneComplaint("another run, r, is going on in copy");

            gate.open();
            running.await("fcp", LIMIT).assertCode(0);
        }
    }

    private Outcome run(String words) {
        return Fcp.alone().in(scratch).run((Object[]) words.split(" "));
    }

    /** A run that was killed before it had copied anything, whose checkpoint it is. */
    private void killedRun() {
        scratch.shell("mkdir source; echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        try (Running running = gate.stopping(Fcp.alone()).in(scratch).start("--checkpoint-id=r", "source", "copy")) {
            gate.awaitReached();
            running.kill();
        }
        scratch.shell("rm gate.reached");
    }
}

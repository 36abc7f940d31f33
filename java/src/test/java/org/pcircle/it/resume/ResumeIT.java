package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Slow;
import org.pcircle.it.support.Stats;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/**
 * A run that was stopped says how it is gone on with, and that works; what cannot be gone on with is refused, and
 * nothing touched.
 */
class ResumeIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration PROMPT = Duration.ofSeconds(20);

    /** Takes a run of {@link #makeSource} some seconds. */
    private static final int SLOW_MICROS = 4000;

    private static final String GO_ON = "fcp: stopped: SIG%s; go on with: ";

    @AutoClose
    private final Scratch scratch = Scratch.hiding();

    /**
     * A directory that an earlier attempt has made after its last checkpoint is not taken for one that was there, where
     * the file system has birth times.
     */
    @AloneAndUnderMpirun
    void directoriesOfAKilledAttemptCountAsMade(int ranks) {
        User.assumeRoot("can mount");
        try (Scratch plain = Scratch.create();
                LoopFileSystem disk = LoopFileSystem.mount(plain.resolve("disk"), "ext4")) {
            killedRunCountsDirectories(ranks, disk.path());
        }
    }

    private static void killedRunCountsDirectories(int ranks, Path folder) {
        Command.shell("mkdir source copy; cd source; for i in $(seq 150); do mkdir d$i; echo x > d$i/x; done;"
                        + " sleep 0.1; mkdir ../copy/d7 ../copy/d8")
                .in(folder)
                .run()
                .assertCode(0);
        Command list = Command.of("ls", "copy").in(folder);
        try (Running running = Slow.writes(Fcp.withRanks(ranks), 20_000)
                .in(folder)
                .start("-u", "--cptime=100", "--cpid=r", "source", "copy")) {
            await(() -> Files.isDirectory(folder.resolve("copy/.fcp/r"))
                    && list.run().out().lines().count() > 20);
            running.killRanks(LIMIT);
        }
        Fcp.withRanks(ranks)
                .in(folder)
                .run("--resume", "r", "--stats=stats", "copy")
                .assertCode(0);
        Stats stats = Stats.read(folder.resolve("stats"));
        assertThat(stats.total("directories")).isEqualTo(148);
        assertThat(stats.total("upToDate")).isEqualTo(3);
        TreeComparison.assertSame(folder.resolve("source"), folder.resolve("copy"));
    }

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

    @AloneAndUnderMpirun
    void thePathOfACheckpointIsEnoughAnywhere(int ranks) {
        makeSource();
        stop(Fcp.alone(), "TERM", "--checkpoint-id=r source copy").assertCode(4);

        Fcp.withRanks(ranks).run("--resume", scratch.resolve("copy/.fcp/r")).assertCode(0);

        assertIsWhole();
    }

    @Test
    void theCheckpointIsWhereTheUserSays() {
        makeSource();
        scratch.shell("mkdir state");

        stop(Fcp.alone(), "TERM", "--cptime=0.1 --cpid=r --checkpoint-dir=state source copy")
                .assertCode(4)
                .assertOneComplaint("go on with: ", "/fcp --resume " + scratch.resolve("state/r") + sourceAndCopy());

        assertThat(scratch.resolve("copy/.fcp")).doesNotExist();
        assertThat(scratch.resolve("state/r")).isDirectory();
        Fcp.alone().in(scratch).run("--rid=r", "--checkpoint-dir=state", "copy").assertCode(0);
        assertThat(scratch.shell("ls -A state")).isEmpty();
        assertIsWhole();
    }

    @AloneAndUnderMpirun
    void aSumIsGoneOnWith(int ranks) {
        makeSource();
        scratch.shell("echo slow > source/slow; head -c 3M /dev/urandom > source/large");
        String expected = Fsum.alone()
                .in(scratch)
                .run("--manifest=expected", "source")
                .assertCode(0)
                .out();
        Gate gate = new Gate(scratch, "slow");
        Fcp slow = gate.stopping(Fsum.withRanks(ranks)).in(scratch);
        try (Running running =
                slow.start("--checkpoint-interval=0.1", "--checkpoint-id=r", "--manifest=manifest", "source")) {
            gate.awaitReached();
            await(() -> newestCheckpoint(".fcp.r/r") >= 3);
            signal("USR1", running.pid());
            pause(2000);
            gate.open();
            running.await("fsum", LIMIT)
                    .assertCode(4)
                    .assertOneComplaint(
                            "/fsum --resume " + scratch.resolve(".fcp.r/r"),
                            " --manifest=" + scratch.resolve("manifest") + " " + scratch.resolve("source"));
        }

        Outcome outcome = Fsum.withRanks(5 - ranks).in(scratch).run("--resume", "r", "--manifest=manifest", "source");

        assertThat(outcome.assertCode(0).out()).isEqualTo(expected);
        assertThat(scratch.shell("sed -i '/^date: /d' expected manifest; cmp expected manifest; find . -name '.fcp*'"))
                .isEmpty();
    }

    /** What could not be read before the stop is not read again, and no manifest is whole or found equal without it. */
    @ParameterizedTest
    @CsvSource({"1, 1, --check=before", "1, 1, --manifest=after", "2, 3, --check=before", "3, 2, --manifest=after"})
    void whatASumCouldNotReadBeforeAStopIsNotForgotten(int ranks, int ranksThen, String use) {
        scratch.shell("mkdir -p source/other; echo data > source/other/secret; echo slow > source/slow");
        Fsum.alone().in(scratch).run("--manifest=before", "source").assertCode(0);
        scratch.shell("chmod a+r before; chmod 0 source/other/secret");
        Fcp slow = Slow.opening(Fsum.withRanks(ranks), "slow", 3).unprivileged().in(scratch);
        try (Running running =
                slow.start("--threads=2", "--checkpoint-interval=0.1", "--checkpoint-id=r", use, "source")) {
            await(() -> Files.exists(scratch.resolve(".fcp.r/r/checkpoint.3")));
            signal("USR1", running.pid());
            assertThat(running.await("fsum", LIMIT).assertCode(4).complaints())
                    .anyMatch(line -> line.contains("source/other/secret: open: Permission denied"))
                    .anyMatch(line -> line.contains("/fsum --resume " + scratch.resolve(".fcp.r/r")))
                    .hasSize(2);
        }

        Outcome outcome = Fsum.withRanks(ranksThen)
                .unprivileged()
                .in(scratch)
                .run("--resume", "r", use, "source")
                .assertCode(1)
                .assertOneComplaint("no signature, as not everything could be read");

        assertThat(outcome.out()).isEmpty();
        assertThat(scratch.resolve("after")).doesNotExist();
    }

    /** The time that writing takes tells how much was written. */
    @Test
    void aLargeFileIsGoneOnWithWhereItWas() {
        scratch.shell("mkdir source; head -c 200M /dev/urandom > source/large");
        int microsPerMib = 30_000;
        Path growing = scratch.resolve("copy");
        try (Running running = Slow.writes(Fcp.alone(), microsPerMib)
                .in(scratch)
                .start(
                        "--threads=2",
                        "--chunk-size=1M",
                        "--checkpoint-interval=0.1",
                        "--checkpoint-id=r",
                        "source",
                        "copy")) {
            await(() -> Files.exists(growing) && mebibytesIn("copy") > 120);
            running.kill();
        }
        double left = 200 - mebibytesIn("copy");

        Slow.writes(Fcp.alone(), microsPerMib)
                .in(scratch)
                .run("--threads=1", "--stats=stats", "--resume", "r", "copy")
                .assertCode(0);

        Stats stats = Stats.read(scratch.resolve("stats"));
        double mebibytes = stats.seconds() * 1e6 / microsPerMib;
        assertThat(mebibytes).isGreaterThan(0.9 * left);
        assertThat(stats.total("bytes")).isEqualTo(200L << 20);
        double restored = stats.total("restoredBytes") / 0x1p20;
        assertThat(restored).isBetween(200 - left - 80, 200 - left);
        assertIsWhole();
    }

    /** A checkpoint that says what is left of a file does not say it of another file of that name, begun after it. */
    @Test
    void aLargeFileThatIsBegunAnewIsNotTakenForTheOneBefore() {
        scratch.shell("mkdir source; head -c 50M /dev/urandom > source/large");
        Fcp slow = Slow.writes(Fcp.alone(), 30_000).in(scratch);
        String begin = "--threads=1 --chunk-size=1M --checkpoint-interval=%s --checkpoint-id=r source copy";
        try (Running running = slow.start((Object[]) begin.formatted("0.3").split(" "))) {
            await(() -> Files.exists(scratch.resolve("copy/.fcp/r/checkpoint.3")));
            running.kill();
        }
        scratch.shell("rm copy/.fcp.r.*");
        try (Running running = slow.start("--resume", "r", "copy")) {
            await(() -> !scratch.shell("find copy -name '.fcp.r.*' -size +0").isEmpty());
            running.kill();
        }

        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(0);

        assertIsWhole();
    }

    @AloneAndUnderMpirun
    void aCopyGoesOnWhereItsCheckpointsCannot(int ranks) {
        makeSource();
        try (MemoryFileSystem small = MemoryFileSystem.mount(scratch.resolve("small"), "size=16k")) {
            Slow.writes(Fcp.withRanks(ranks), SLOW_MICROS)
                    .in(scratch)
                    .run("--checkpoint-interval=0.05", "--checkpoint-dir=" + small.path(), "source", "copy")
                    .assertCode(0)
                    .assertOneComplaint("warning: no checkpoint could be written");
            assertThat(scratch.shell("ls -A small")).isEmpty();
        }
        assertIsWhole();
    }

    @AloneAndUnderMpirun
    void aFullDestinationIsGoneOnWithWhenThereIsRoom(int ranks) {
        new SampleTree(4).directoryOfFiles(scratch.resolve("source"), 600, 200_000);
        scratch.shell("head -c 30M /dev/urandom > source/large");
        try (MemoryFileSystem small = MemoryFileSystem.mount(scratch.resolve("small"), "size=40m")) {
            Path copy = small.path().resolve("copy");
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("--checkpoint-id=r", "--chunk-size=64K", "source", copy)
                    .assertCode(4)
                    .assertOneComplaint(
                            "No space left on device", "/fcp --resume r " + scratch.resolve("source") + " " + copy);
            scratch.shell("mount -o remount,size=200m small");

            Fcp.withRanks(ranks).in(scratch).run("--resume", "r", copy).assertCode(0);

            scratch.assertSame("source", "small/copy");
            assertThat(scratch.shell("find small -name '.fcp*'")).isEmpty();
        }
    }

    /** But for the directory's time, which is the one first seen. */
    @Test
    void whatChangedMeanwhileIsCopiedAnew() {
        makeSource();
        stop(Fcp.alone(), "KILL", "--checkpoint-id=r source copy");
        scratch.shell("cd source; touch -r . ../time; for file in $(ls | head -300); do echo changed > $file; done;"
                + " rm file-2 && mkdir file-2; head -c 3M /dev/urandom > file-3; touch -r ../time . && rm ../time");

        Fcp.alone().in(scratch).run("--resume", "r", "copy");

        assertThat(TreeComparison.rsyncChanges(scratch.resolve("source"), scratch.resolve("copy"), "-rlptDc"))
                .isEmpty();
    }

    @Test
    void whatWasThereBeforeIsReplacedThoughItLooksTheSame() {
        makeSource();
        scratch.shell(
                "cp -a source copy; cd copy; for file in *; do"
                        + " [ ! -s $file ] || { printf ! | dd of=$file conv=notrunc status=none; touch -r ../source/$file $file; }; done");
        stop(Fcp.alone(), "KILL", "-f --checkpoint-id=r source copy");

        Fcp.alone().in(scratch).run("--resume", "r", "--stats=stats", "copy").assertCode(0);

        assertThat(Stats.read(scratch.resolve("stats")).total("recognised")).isPositive();
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

    /**
     * What another host resumes it does from the last checkpoint that was flushed; from then on a newer one means
     * nothing.
     */
    @Test
    void aCheckpointOfAnotherHostIsForgottenOnceTheRunHasGoneOnWithoutIt() {
        assumeTrue(User.isRoot(), "only root can play another host");
        makeSource();
        stop(Fcp.alone(), "TERM", "--checkpoint-interval=0.3 --checkpoint-id=r source copy")
                .assertCode(4);
        String newest =
                scratch.shell("ls copy/.fcp/r/checkpoint.* | sort -V | tail -1").strip();
        scratch.shell("echo 00000000-0000-0000-0000-000000000000 > boot");
        String elsewhere = "unshare -m sh -c 'mount --bind boot /proc/sys/kernel/random/boot_id"
                + " && exec timeout -s KILL 1 " + Fcp.HOME.resolve("bin/fcp") + " --resume r copy'";

        Outcome killed = Slow.writes(Fcp.alone(), 50 * SLOW_MICROS).in(scratch).runScript(elsewhere);

        assertThat(killed.code()).as(killed.toString()).isEqualTo(137);
        assertThat(scratch.resolve(newest)).doesNotExist();
        Fcp.alone().in(scratch).run("--resume", "r", "copy").assertCode(0);
        assertIsWhole();
    }

    private void makeSource() {
        SampleTree sample = new SampleTree(7);
        sample.directoryOfFiles(scratch.resolve("source"), 1500, 4000);
    }

    /** Sends a signal to a run when it is about half done. */
    private Outcome stop(Fcp fcp, String signal, String words) {
        try (Running running = start(fcp, words)) {
            signal(signal, running.pid());
            return running.await(words, LIMIT);
        }
    }

    private Running start(Fcp fcp, String words) {
        Object[] arguments = words.replace("'", "").split(" ");
        scratch.shell("touch begun");
        Running running = Slow.writes(fcp, SLOW_MICROS).in(scratch).start(arguments);
        await(() -> !scratch.shell("find . -cnewer begun -path './copy/file-*' | sed 100q | sed -n 100p")
                .isEmpty());
        return running;
    }

    /** Its number; 0 if there is none. */
    private int newestCheckpoint(String directory) {
        return Integer.parseInt(scratch.shell("{ echo 0; ls " + directory
                        + " | sed -n 's/^checkpoint[.]\\([0-9]*\\)$/\\1/p'; } 2>/dev/null | sort -n | tail -n 1")
                .strip());
    }

    private long mebibytesIn(String directory) {
        return Long.parseLong(scratch.shell("du -sm " + directory + " 2>/dev/null | cut -f1 || echo 0")
                .strip());
    }

    private void assertRefused(String why, String words) {
        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(2).assertOneComplaint(why);
    }

    private void assertIsWhole() {
        scratch.assertSame("source", "copy");
        assertThat(scratch.shell("find . -name '.fcp*'")).isEmpty();
    }

    private static void signal(String signal, long pid) {
        Command.of("kill", "-" + signal, Long.toString(pid)).run().assertCode(0);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            pause(10);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(1_000_000L * millis);
    }

    private String sourceAndCopy() {
        return " " + scratch.resolve("source") + " " + scratch.resolve("copy");
    }
}

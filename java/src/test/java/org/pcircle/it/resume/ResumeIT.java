package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Gate;
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

/** What a resumed run makes is what an undisturbed one would have made, and what was done is not done again. */
class ResumeIT extends ResumeScene {

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

    private long mebibytesIn(String directory) {
        return Long.parseLong(scratch.shell("du -sm " + directory + " 2>/dev/null | cut -f1 || echo 0")
                .strip());
    }
}

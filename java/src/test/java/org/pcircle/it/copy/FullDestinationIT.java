package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Stats;
import org.pcircle.it.support.TreeComparison;

/** A copy to a file system without room for it stops, says so, and leaves nothing unfinished behind. */
class FullDestinationIT {

    private static final String ROOM = "size=40m";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @AloneAndUnderMpirun
    void smallFilesStopTheRun(int ranks) {
        new SampleTree(4).directoryOfFiles(scratch.resolve("source"), 1000, 200_000);

        assertStopsForLackOfRoom(ranks, ROOM);
    }

    @AloneAndUnderMpirun
    void aLargeFileStopsTheRun(int ranks) {
        scratch.shell("mkdir source; head -c 80M /dev/urandom > source/large");

        assertStopsForLackOfRoom(ranks, ROOM);
        assertThat(scratch.resolve("small/copy/large")).doesNotExist();
    }

    /** Its room is kept free for it, so that what has been copied is not copied again. */
    @AloneAndUnderMpirun
    void aRunThatStopsForLackOfRoomWritesItsCheckpointYet(int ranks) {
        scratch.shell("mkdir source; head -c 80M /dev/urandom > source/large");
        try (MemoryFileSystem small = MemoryFileSystem.mount(scratch.resolve("small"), ROOM)) {
            assertStops(ranks, small.path(), "No space left on device", "--io=buffered", "--chunk-size=1M");
            scratch.shell("mount -o remount,size=1g small");

            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("--stats=stats", "--resume", "full", small.path().resolve("copy"))
                    .assertCode(0);

            assertThat(Stats.read(scratch.resolve("stats")).total("restoredBytes"))
                    .isGreaterThan(8 << 20);
            scratch.assertSame("source", "small/copy");
        }
    }

    @AloneAndUnderMpirun
    void manyFilesInRangesStopTheRun(int ranks) {
        new SampleTree(5).directoryOfFiles(scratch.resolve("source"), 400, 500_000);

        assertStopsForLackOfRoom(ranks, ROOM, "--chunk-size=64K");
    }

    @AloneAndUnderMpirun
    void lackOfInodesStopsTheRun(int ranks) {
        scratch.shell("mkdir source; cd source; for i in $(seq 100); do mkdir $i; touch $i/file; done");

        assertStopsForLackOfRoom(ranks, "nr_inodes=50");
    }

    /** Names of entries with several are sorted in the run's own files when all are found. */
    @AloneAndUnderMpirun
    void lackOfRoomToSortStopsTheRun(int ranks) throws IOException {
        Path first = Files.createFile(
                Files.createDirectory(scratch.resolve("source")).resolve("first"));
        for (int i = 0; i < 20_000; i++) {
            Files.createLink(first.resolveSibling("n".repeat(200) + i), first);
        }

        assertStopsForLackOfRoom(ranks, "size=12M");
    }

    /** The quota is a subvolume's on btrfs, which not even root can exceed. */
    @AloneAndUnderMpirun
    void aQuotaStopsTheRun(int ranks) {
        new SampleTree(6).directoryOfFiles(scratch.resolve("source"), 1000, 200_000);
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "btrfs")) {
            scratch.shell("btrfs --quiet quota enable disk; btrfs --quiet subvolume create disk/small;"
                    + " btrfs qgroup limit 40M disk/small");

            assertStops(ranks, disk.path().resolve("small"), "Disk quota exceeded");
            assertGoesOn(ranks, disk.path().resolve("small"), "btrfs qgroup limit none disk/small");
        }
    }

    private void assertStopsForLackOfRoom(int ranks, String limits, String... options) {
        try (MemoryFileSystem small = MemoryFileSystem.mount(scratch.resolve("small"), limits)) {
            assertStops(ranks, small.path(), "No space left on device", options);
            assertGoesOn(ranks, small.path(), "mount -o remount,size=1g,nr_inodes=100000 small");
        }
    }

    private void assertStops(int ranks, Path small, String complaint, String... options) {
        Path copy = small.resolve("copy");

        Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("fcp --checkpoint-id=full %s source %s".formatted(String.join(" ", options), copy))
                .assertCode(4)
                .assertOneComplaint(complaint, "/fcp --resume full " + scratch.resolve("source") + " " + copy);

        assertFilesAreWhole(copy);
    }

    private void assertGoesOn(int ranks, Path small, String makeRoom) {
        scratch.shell(makeRoom);

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--resume", "full", "source", small.resolve("copy"))
                .assertCode(0);

        TreeComparison.assertSame(scratch.resolve("source"), small.resolve("copy"));
    }

    /** A file that has its own name is complete; directories get their metadata at the end only. */
    private void assertFilesAreWhole(Path copy) {
        assertThat(TreeComparison.rsyncChanges(
                        copy, scratch.resolve("source"), "-rltc", "--omit-dir-times", "--exclude=.fcp*"))
                .isEmpty();
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Stats;

/**
 * {@code --delete} and file systems that are mounted in the source and in the destination, with and without {@code -x}.
 */
class MountsIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void mount() {
        Outcome mounted = Command.shell("""
                        mkdir -p source/a source/other source/both
                        mkdir -p copy/other copy/both copy/lacking copy/gone/deep/mounted copy/a copy/part part
                        mount -t tmpfs -o size=1m tmpfs source/other; echo x > source/other/x; echo f > source/f
                        echo mine > copy/other/mine; touch copy/file; echo old > copy/a/old; echo p > part/p; echo g > copy/gone/g
                        for point in both lacking gone/deep/mounted; do
                            mount -t tmpfs -o size=1m tmpfs copy/$point; echo kept > copy/$point/kept
                        done
                        echo bound > bound; mount --bind bound copy/file; mount --bind part copy/part
                        """).in(scratch.path()).run();
        assumeTrue(mounted.code() == 0, () -> "mounting is not permitted here: " + mounted);
    }

    @AfterEach
    void unmount() {
        Command.shell("for point in source/other copy/both copy/lacking copy/gone/deep/mounted copy/file copy/part; do"
                        + " umount -l $point 2> /dev/null || :; done")
                .in(scratch.path())
                .run();
    }

    private String files(String tree) {
        return scratch.shell("cd " + tree + "; find . -type f | sort | tr '\\n' ' '");
    }

    @AloneAndUnderMpirun
    void whatOneFileSystemLeavesOutIsSparedInBothTrees(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "-x", "--delete", "source", "copy")
                .assertCode(0);
        assertThat(files("copy"))
                .isEqualTo("./both/kept ./f ./file ./gone/deep/mounted/kept ./lacking/kept ./other/mine ./part/p ");
    }

    @AloneAndUnderMpirun
    void aMountPointCannotBeTakenAwayAndIsListed(int ranks) {
        Outcome outcome = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(files("copy")).isEqualTo("./f ./file ./other/x ");
        assertThat(outcome.err())
                .contains(
                        "copy/file: unlink: Device or resource busy",
                        "copy/lacking: unlink: Device or resource busy",
                        "copy/gone/deep/mounted: unlink: Device or resource busy");
    }

    @Test
    void aDryRunListsWhatCannotBeTakenAway() {
        Outcome told = Fcp.alone()
                .in(scratch)
                .run("-n", "-u", "--delete", "--stats=said", "--errors=list-said", "source", "copy")
                .assertCode(1);
        String errors = scratch.shell("sort list-said");
        Fcp.alone()
                .in(scratch)
                .run("-u", "--delete", "--stats=done", "--errors=list-done", "source", "copy")
                .assertCode(1);
        assertThat(scratch.shell("sort list-done")).isEqualTo(errors);
        long deleted = Stats.read(scratch.resolve("done")).total("deleted");
        assertThat(Stats.read(scratch.resolve("said")).total("deleted")).isEqualTo(deleted);
        assertThat(told.out().lines().filter(line -> line.startsWith("delete ")))
                .hasSize((int) deleted);
    }

    /** What cannot be taken away is not counted. */
    @Test
    void whatIsMountedDoesNotCount() {
        String limited = "--max-delete=%d -x --delete source copy";
        Fcp.alone()
                .in(scratch)
                .run((Object[]) ("-u " + limited.formatted(1)).split(" "))
                .assertCode(1);
        Fcp.alone()
                .in(scratch)
                .run((Object[]) ("-u " + limited.formatted(2)).split(" "))
                .assertCode(0);
    }

    @Test
    void aDryRunSparesTheSame() {
        String told = Fcp.alone()
                .in(scratch)
                .run("-u", "-x", "--delete", "--dry-run", "-q", "source", "copy")
                .assertCode(0)
                .out();
        assertThat(told.lines().filter(line -> line.startsWith("delete ")))
                .containsExactlyInAnyOrder("delete copy/a/old", "delete copy/gone/g");
    }

    /** Files of its lower directory have another device than the directories that show them. */
    @Test
    void filesOfAnOverlayAreOnItsFileSystem() {
        Outcome mounted = Command.shell("""
                        mkdir -p layers shown plain
                        mount -t tmpfs tmpfs layers; mkdir -p layers/low/d layers/up layers/work; echo l > layers/low/d/extra
                        mount -t overlay -o lowerdir=layers/low,upperdir=layers/up,workdir=layers/work overlay shown
                        """).in(scratch.path()).run();
        try {
            assumeTrue(mounted.code() == 0, () -> "no overlay can be mounted here: " + mounted);
            scratch.shell("mkdir plain/d; echo f > plain/d/f; cp plain/d/f shown/d");
            Fcp.alone()
                    .in(scratch)
                    .run("-u", "-x", "--delete", "plain", "shown")
                    .assertCode(0);
            assertThat(files("shown")).isEqualTo("./d/f ");
        } finally {
            Command.shell("umount -l shown; umount -l layers")
                    .in(scratch.path())
                    .run();
        }
    }
}

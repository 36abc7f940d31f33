package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.FaultyFileSystem;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Gate;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Running;
import org.pcircle.it.support.Scratch;

/**
 * Where a file that is unlinked while it is open stays in its directory until it is closed, as over NFS and on most
 * FUSE file systems, a run unlinks none that it has open itself; and it has not failed if somebody else has.
 */
class LingeringIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** So many names that every rank writes some down, which rank 0 takes away. */
    @ParameterizedTest(name = "hide={0}, np {1}")
    @CsvSource({".nfs, 3", ".fuse_hidden, 1"})
    void aRunUnlinksNothingThatAnyRankHasOpen(String prefix, int ranks) {
        scratch.shell("""
                mkdir -p source/linked shown/copy/extra/below; echo > shown/copy/extra/below/file; echo > shown/copy/old
                head -c 5M /dev/urandom > source/large; echo new > source/old; touch -d 2001-02-03 source/old
                python3 -c '
                import os
                for i in range(60):
                    open("source/linked/%d" % i, "w").close()
                    for j in range(200):
                        os.link("source/linked/%d" % i, "source/linked/%d-%0200d" % (i, j))
                '
                """);
        try (FaultyFileSystem hiding = mount(prefix)) {
            String signed = Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-s", "--mirror", "--stats=stats", "--chunk-size=64K", "source", "folder/copy")
                    .assertCode(0)
                    .out();

            assertThat(signed).contains("pcircle1-xxh64:");
            assertThat(hiding.hidden()).isEmpty();
            assertThat(scratch.shell("find folder -name '.*'")).isEmpty();
        }
        scratch.assertSame("source", "shown/copy");
    }

    /** The file that grew is taken away when the ranks have closed it that read, wrote and verified the rest of it. */
    @Test
    void norDoesARunOfWhichAFileFails() {
        scratch.shell("""
                mkdir -p shown/source; for i in 1 2 3; do head -c 8M /dev/urandom > shown/source/bad-$i; done
                head -c 20M /dev/urandom > shown/source/good
                """);
        String[] words = {"hide=.nfs", "read,EIO,bad-1,0,1", "read,EIO,bad-2,4000000,1", "read,EIO,bad-3,8388607,1"};
        try (FaultyFileSystem hiding =
                FaultyFileSystem.mount(scratch.resolve("folder"), scratch.resolve("shown"), words)) {
            Fcp.withRanks(3)
                    .in(scratch)
                    .run("-c", "--chunk-size=64K", "--errors=errors", "folder/source", "folder/copy")
                    .assertCode(1);

            assertThat(hiding.hidden()).isEmpty();
            assertThat(scratch.shell("ls -A folder/copy")).isEqualTo("good\n");
        }
    }

    /** Nobody may go on with such a run, and its name may be given again. */
    @ParameterizedTest(name = "hide={0}, np {1}")
    @CsvSource({".nfs, 1", ".fuse_hidden, 3"})
    void whatSomebodyElseHasOpenOfARunIsNoFailure(String prefix, int ranks) {
        scratch.shell("mkdir source shown/copy -p; echo extra > shown/copy/extra; echo slow > source/slow");
        Gate gate = new Gate(scratch, "slow");
        String begin = "--checkpoint-id=r -s -u --delete=anything source folder/copy";
        try (FaultyFileSystem hiding = mount(prefix)) {
            Running running = gate.stopping(Fcp.withRanks(ranks)).in(scratch).start((Object[]) begin.split(" "));
            try (running) {
                gate.awaitReached();
                try (Running holder = hold("folder/copy/.fcp/r/lock")) {
                    gate.open();
                    Outcome outcome = running.await("fcp", LIMIT)
                            .assertCode(0)
                            .assertOneComplaint("warning: folder/copy/.fcp/r is left behind");
                    assertThat(outcome.out()).contains("1 deleted", "pcircle1-xxh64:");
                    assertThat(hiding.hidden()).hasSize(1);
                    assertThat(scratch.shell("ls -A folder/copy/.fcp/r")).startsWith(prefix);
                    Fcp.alone()
                            .in(scratch)
                            .run("--resume", "r", "folder/copy")
                            .assertCode(2)
                            .assertOneComplaint("there is no checkpoint");
                    Outcome next = Fcp.alone()
                            .in(scratch)
                            .run("-u", "source", "folder/copy")
                            .assertCode(0);
                    assertThat(next.complaints()).isEmpty();
                }
            }
            Fcp.withRanks(ranks).in(scratch).runScript("fcp " + begin).assertCode(0);
            assertThat(scratch.shell("ls -A folder/copy")).isEqualTo("slow\n");
        }
    }

    /** Neither when it is deleted nor when the next run finds what is left of it. */
    @ParameterizedTest(name = "hide={0}")
    @CsvSource({".nfs", ".fuse_hidden"})
    void whatSomebodyElseHasOpenOfWhatIsDeletedIsNoFailure(String prefix) {
        scratch.shell("mkdir source shown; echo data > source/file");
        String mirror = "fcp -q -u --delete=anything source folder/copy";
        try (FaultyFileSystem hiding = mount(prefix)) {
            scratch.shell(
                    "mkdir -p folder/copy/extra/below; touch folder/copy/extra/below/held folder/copy/extra/file");
            try (Running holder = hold("folder/copy/extra/below/held")) {
                Fcp.alone().in(scratch).runScript(mirror).assertCode(0);
                assertThat(scratch.shell("ls -A folder/copy/extra folder/copy/extra/below"))
                        .contains(prefix)
                        .doesNotContain("file");
                Fcp.alone().in(scratch).runScript(mirror).assertCode(0);
            }
            Fcp.alone().in(scratch).runScript(mirror).assertCode(0);
            scratch.assertSame("source", "folder/copy");
        }
    }

    @Test
    void theDoctorUnlinksNothingThatItHasOpen() {
        scratch.shell("mkdir shown source");
        try (FaultyFileSystem hiding = mount(".nfs")) {
            Fcp.alone().in(scratch).run("--doctor", "source", "folder").assertCode(0);

            assertThat(hiding.hidden()).isEmpty();
            assertThat(scratch.shell("ls -A folder source")).doesNotContain(".");
        }
    }

    private FaultyFileSystem mount(String prefix) {
        return FaultyFileSystem.mount(scratch.resolve("folder"), scratch.resolve("shown"), "hide=" + prefix);
    }

    /** Another process that has a file open, as it says. */
    private Running hold(String file) {
        Running holder = Command.of("sh", "-c", "exec < \"$1\"; echo open; exec sleep 60", "sh", file)
                .in(scratch.path())
                .start();
        while (!holder.out().contains("open")) {
            assertThat(holder.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return holder;
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/**
 * A destination below its source: right where the copy never gets there, as with rsync and cp -x, refused elsewhere.
 */
class NestedDestinationIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private void makeSource() {
        scratch.shell(
                "mkdir -p source/sub/deep source/other; cd source; for d in . sub sub/deep other; do echo $d > $d/file; done");
    }

    @Test
    void whatTheCopyWouldMeetIsRefused() {
        makeSource();
        scratch.shell("ln -s source/sub way; mkdir source/merged");
        assertRefused(
                "DEST is inside SOURCE source, as source/new: it would be copied into itself", "source", "source/new");
        assertRefused("as source/sub/deep/new:", "source", "source/sub/deep/new");
        assertRefused("as source/sub/new:", "source", "way/new");
        assertRefused("as source/merged:", "-f", "source", "source/merged");
        assertRefused("as source/sub/source:", "source", "other", "source/sub");
        assertRefused("as source/new:", "-x", "source", "source/new");
        assertRefused("as source/new:", "--exclude=/other", "source", "source/new");
        assertRefused("as source/new:", "--dry-run", "source", "source/new");
        assertRefused("way/..: DEST is SOURCE itself", "-f", "source", "way/..");
    }

    private void assertRefused(String said, Object... arguments) {
        scratch.shell("mkdir -p other; find source other > before");
        Outcome refused = Fcp.alone().in(scratch).run(arguments).assertCode(2);
        assertThat(refused.err()).contains(said);
        scratch.shell("find source other | cmp - before");
    }

    @AloneAndUnderMpirun
    void anExcludedDestinationIsFilled(int ranks) {
        makeSource();
        scratch.shell("rsync -a --exclude=/sub/new source/ expected/");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--exclude=/sub/new", "source", "source/sub/new")
                .assertCode(0);
        scratch.shell("diff -r expected source/sub/new");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "--exclude=new", "source", "source/sub/new")
                .assertCode(0);
        scratch.shell("diff -r expected source/sub/new");
    }

    /** What is excluded above DEST will do, and with several sources patterns look at the paths below DEST. */
    @Test
    void anExcludedDirectoryAboveTheDestinationWillDo() {
        makeSource();
        scratch.shell("mkdir more; echo more > more/file; rsync -a --exclude=sub source more expected/");
        Fcp.alone()
                .in(scratch)
                .run("--exclude=/source/sub", "source", "more", "source/sub")
                .assertCode(0);
        scratch.shell("diff -r expected/more source/sub/more; diff -r expected/source source/sub/source");
    }

    /** As with cp -x: the mount point is copied as an empty directory. */
    @AloneAndUnderMpirun
    void aDestinationOnAnotherFileSystemIsFilledWithOneFileSystem(int ranks) {
        makeSource();
        try (MemoryFileSystem memory = MemoryFileSystem.mount(scratch.resolve("source/mnt"), "size=16M")) {
            scratch.shell("mkdir -p source/mnt/sub");
            assertRefused("as source/mnt/copy:", "source", "source/mnt/copy");
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-x", "source", "source/mnt/copy")
                    .assertCode(0);
            scratch.shell(
                    "mkdir expected; cp -ax source/. expected; diff -r expected source/mnt/copy; rm -r source/mnt/copy");
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-x", "-f", "source", memory.path())
                    .assertCode(0);
            assertThat(scratch.shell("find source/mnt/mnt source/mnt/sub/deep | sort"))
                    .isEqualTo("source/mnt/mnt\nsource/mnt/sub/deep\nsource/mnt/sub/deep/file\n");
        }
    }

    /** By the name of the source, of DEST, or of both. */
    @Test
    void aBindMountHidesNothing() {
        makeSource();
        scratch.shell("mkdir bound 'bound sub' keep");
        try (AutoCloseable tree = bind("source", "bound");
                AutoCloseable sub = bind("source/sub", "bound sub")) {
            assertRefused("as source/new:", "source", "bound/new");
            assertRefused("as bound/new:", "bound", "source/new");
            assertRefused("as source/sub/new:", "source", "bound sub/new");
            assertRefused("as bound/sub/deep:", "-f", "bound", "bound sub/deep");
            assertRefused("DEST is SOURCE itself", "-f", "source", "bound");
            assertRefused("SOURCE is inside DEST", "-f", "--delete", "bound sub/deep", "bound");
            assertRefused("--checkpoint-dir=bound sub/cp", "--checkpoint-dir=bound sub/cp", "source", "copy");
            Fcp.alone()
                    .in(scratch)
                    .run("--exclude=/sub", "source", "bound sub/new")
                    .assertCode(0);
            scratch.shell("diff -r source/other 'bound sub/new/other'; test ! -e 'bound sub/new/sub'");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What is copied into the part of DEST that is shown there would turn up in it again, for ever. */
    @Test
    void aPartOfTheDestinationThatIsShownWhereItIsFilledFromIsRefused() throws Exception {
        makeSource();
        scratch.shell("mkdir -p copy/sub/deep copy/elsewhere");
        try (AutoCloseable sub = bind("copy/sub", "source/sub/deep")) {
            assertRefused("as source/sub/deep: it would be copied into itself", "-f", "source", "copy");
            Fcp.alone()
                    .in(scratch)
                    .run("-f", "--exclude=/sub/deep", "source", "copy")
                    .assertCode(0);
        }
        try (AutoCloseable other = bind("copy/elsewhere", "source/sub/deep")) {
            Fcp.alone().in(scratch).run("-f", "source", "copy").assertCode(0);
        }
    }

    private AutoCloseable bind(String directory, String point) {
        Outcome bound = Command.shell("mount --bind \"$1\" \"$2\"", directory, point)
                .in(scratch.path())
                .run();
        assumeTrue(bound.code() == 0, () -> "mounting is not permitted here: " + bound);
        return () -> scratch.shell("umount --lazy '" + point + "'");
    }

    /** A list is not known before it is read. */
    @AloneAndUnderMpirun
    void aDestinationThatIsMetOnTheWayIsAFailureAndNotEntered(int ranks) {
        makeSource();
        scratch.shell("echo old > source/old; mkdir source/copy; echo no > source/copy/no;"
                + " printf 'other\\nsub/file\\n' > good; printf 'copy\\nsub\\ncopy/no\\n' > bad");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-f", "--files-from=good", "source", "source/copy")
                .assertCode(0);
        scratch.shell("diff -r source/other source/copy/other; cmp source/sub/file source/copy/sub/file");
        Outcome met = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-f", "--errors=errors", "--files-from=bad", "source", "source/copy")
                .assertCode(1);
        assertThat(met.err()).contains("source/copy: is DEST itself: not copied into itself");
        scratch.shell("diff -r source/sub source/copy/sub; test ! -e source/copy/copy");
        assertThat(scratch.shell("wc -l < errors")).isEqualTo("1\n");
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Copies over what is there: with --force, with --update, and mirrors with --delete. */
class MergeIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private void makeSourceAndOldCopy() {
        scratch.shell("""
                mkdir -p source/inner/deep source/empty old/inner old/extra/deep
                cd source
                echo new > changed; echo same > same; head -c 30M /dev/urandom > large; head -c 30M /dev/urandom > large-same
                ln -s there link; ln -s there link-same; mkfifo fifo; echo file > was-link; mkdir was-file; echo in > was-file/in
                ln -s now-a-link was-file-too; echo x > inner/deep/x; chmod 750 inner; echo short > was-long
                cd ../old
                echo an older one > changed; cp -a ../source/same ../source/large-same ../source/link-same .
                echo old > large; ln -s elsewhere link; echo file > fifo; ln -s /etc/passwd was-link
                echo file > was-file; echo file > was-file-too; head -c 1M /dev/zero > was-long; chmod 700 inner
                echo mine > extra/deep/mine; echo mine > inner/mine; chmod 000 extra/deep; chmod 500 extra
                touch -d @5 extra inner
                cd ..
                cp -a old copy
                """);
    }

    @AloneAndUnderMpirun
    void forceReplacesAndSparesTheRest(int ranks) {
        makeSourceAndOldCopy();
        Fcp.withRanks(ranks).in(scratch).run("-f", "source", "copy").assertCode(0);
        assertThat(scratch.shell("rsync -naHX --checksum --itemize-changes source/ copy/"))
                .isEmpty();
        assertThat(scratch.shell("cat copy/extra/deep/mine copy/inner/mine")).isEqualTo("mine\nmine\n");
        assertThat(scratch.shell("stat -c %s /etc/passwd; find copy -name '.fcp*'"))
                .doesNotContain("fcp");
    }

    @AloneAndUnderMpirun
    void updateLeavesAloneWhatIsUpToDate(int ranks) {
        makeSourceAndOldCopy();
        String before = scratch.shell("stat -c '%i %z' copy/same copy/large-same copy/link-same");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--update=differing", "source", "copy")
                .assertCode(0);
        assertThat(scratch.shell("rsync -naHX --checksum --itemize-changes source/ copy/"))
                .isEmpty();
        assertThat(scratch.shell("stat -c '%i %z' copy/same copy/large-same copy/link-same"))
                .isEqualTo(before);
    }

    @AloneAndUnderMpirun
    void deleteMakesAMirror(int ranks) {
        makeSourceAndOldCopy();
        scratch.shell("cd copy; rm -r was-long large; mkdir -p was-long/a/b large/c; echo x > was-long/a/b/x");
        Outcome mirrored = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "source", "copy")
                .assertCode(0);
        scratch.assertSame("source", "copy");
        assertThat(mirrored.out()).contains(" deleted");
    }

    @Test
    void aMirrorOfAUserOpensWhatItTakesAway() {
        User.assumeRoot("can become somebody else");
        makeSourceAndOldCopy();
        User.giveToUnprivileged(scratch.resolve("source"));
        User.giveToUnprivileged(scratch.resolve("copy"));
        Fcp.alone().unprivileged().in(scratch).run("--mirror", "source", "copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }

    @Test
    void whatIsExcludedIsSpared() {
        scratch.shell(
                "mkdir -p source copy/gone/deep copy/stays; echo a > source/a; echo o > copy/x.o; echo o > copy/gone/deep/y.o;"
                        + " echo g > copy/gone/deep/g; echo s > copy/stays/s");
        Fcp.alone()
                .in(scratch)
                .run("-f", "--delete=anything", "--exclude=*.o", "--exclude=/stays", "source", "copy")
                .assertCode(0);
        assertThat(scratch.shell("cd copy; find . -type f | sort"))
                .isEqualTo("./a\n./gone/deep/y.o\n./stays/s\n./x.o\n");
    }

    @Test
    void whatStaysForWhatIsSparedKeepsItsMode() {
        scratch.shell(
                "mkdir -p source copy/closed/deep; touch copy/closed/deep/x.o copy/closed/deep/x; chmod 555 copy/closed/deep copy/closed");
        Fcp.alone()
                .in(scratch)
                .run("-f", "--delete=anything", "--exclude=*.o", "source", "copy")
                .assertCode(0);
        assertThat(scratch.shell("stat -c %a copy/closed copy/closed/deep; ls copy/closed/deep"))
                .isEqualTo("555\n555\nx.o\n");
    }

    @AloneAndUnderMpirun
    void nothingIsDeletedAfterAFault(int ranks) {
        scratch.shell(
                "mkdir source copy; echo a > source/a; mkdir copy/a; echo mine > copy/mine; echo b > source/b; mkdir source/d;"
                        + " echo x > copy/d; mkdir copy/b");
        scratch.shell("mkdir -m 0 source/closed");
        User.assumeRoot("can become somebody else");
        User.giveToUnprivileged(scratch.resolve("source"));
        User.giveToUnprivileged(scratch.resolve("copy"));
        Outcome failed = Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .run("--update=differing", "--delete=anything", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(failed.err())
                .contains("warning: nothing was deleted, as there were errors")
                .contains("copy/a: create: Is a directory");
        assertThat(scratch.shell("cat copy/mine")).isEqualTo("mine\n");
    }

    @Test
    void aDirectoryInTheWayIsAnErrorWithoutDelete() {
        scratch.shell("mkdir source copy copy/a; echo a > source/a; echo b > source/b");
        Outcome failed = Fcp.alone()
                .in(scratch)
                .run("-f", "--errors=list", "source", "copy")
                .assertCode(1);
        assertThat(failed.err()).contains("copy/a: create: Is a directory");
        assertThat(scratch.shell("cat copy/b")).isEqualTo("b\n");
    }

    @Test
    void aDryRunTellsOfWhatIsOutOfDateOnly() {
        makeSourceAndOldCopy();
        String before = scratch.shell("find copy -printf '%p %i %T@ %m\\n' | sort");
        String told = Fcp.alone()
                .in(scratch)
                .run("--mirror", "--dry-run", "-q", "source", "copy")
                .assertCode(0)
                .out();
        assertThat(told.lines())
                .containsExactlyInAnyOrder(
                        "replace copy/changed",
                        "replace copy/large",
                        "replace copy/link",
                        "replace copy/fifo",
                        "replace copy/was-link",
                        "replace copy/was-file",
                        "copy copy/was-file/in",
                        "replace copy/was-file-too",
                        "replace copy/was-long",
                        "mkdir copy/inner/deep",
                        "copy copy/inner/deep/x",
                        "mkdir copy/empty",
                        "set timestamps copy",
                        "set mode,timestamps copy/inner",
                        "delete copy/extra/deep/mine",
                        "delete copy/extra/deep",
                        "delete copy/extra",
                        "delete copy/inner/mine");
        assertThat(scratch.shell("find copy -printf '%p %i %T@ %m\\n' | sort")).isEqualTo(before);
    }

    /** Directories that were there are up to date, the top among them, in a run and in a dry run. */
    @AloneAndUnderMpirun
    void anUnchangedMirrorIsUpToDateWithItsDirectories(int ranks) {
        scratch.shell("mkdir -p source/a/b source/c; echo x > source/a/x");
        for (String option : List.of("-u", "-f")) {
            String first = summary(ranks, "-u", "--delete=anything", "source", "copy");
            assertThat(first).startsWith("5 entries (1 file, 4 directories, 0 symlinks)");
            String again = summary(ranks, option, "--delete", "source", "copy");
            assertThat(again)
                    .startsWith("5 entries (" + (option.equals("-u") ? 0 : 1) + " file")
                    .contains(" 0 directories, ")
                    .contains(option.equals("-u") ? "5 were up to date" : "4 were up to date");
            assertThat(summary(ranks, option, "-n", "--delete", "source", "copy"))
                    .contains(" 0 directories, ")
                    .contains(option.equals("-u") ? "5 are up to date" : "4 are up to date");
            scratch.delete("copy");
        }
    }

    private String summary(int ranks, Object... arguments) {
        return Fcp.withRanks(ranks)
                .in(scratch)
                .run(arguments)
                .assertCode(0)
                .out()
                .lines()
                .filter(line -> line.contains(" symlinks)"))
                .findFirst()
                .orElse("");
    }

    @Test
    void aFileMayReplaceAFile() {
        scratch.shell("echo new > a; echo old > b; mkdir d; echo older > d/a; ln -s b link");
        Fcp.alone().in(scratch).run("-f", "a", "b").assertCode(0);
        Fcp.alone().in(scratch).run("-f", "a", "d").assertCode(0);
        assertThat(scratch.shell("cat b d/a")).isEqualTo("new\nnew\n");
        Outcome itself = Fcp.alone().in(scratch).run("-f", "a", "a").assertCode(2);
        assertThat(itself.err()).contains("a: is SOURCE itself");
    }

    @Test
    void aMirrorDoesNotTakeItsSourceAway() {
        scratch.shell("mkdir -p top/source top/other; echo a > top/source/a");
        Outcome refused = Fcp.alone()
                .in(scratch)
                .run("-f", "--delete", "top/source", "top")
                .assertCode(2);
        assertThat(refused.err()).contains("SOURCE is inside DEST, and --delete would take it away");
        Fcp.alone().in(scratch).run("--delete", "top/source", "new").assertCode(2);
        assertThat(scratch.shell("ls top")).isEqualTo("other\nsource\n");
    }

    /** A link to a directory as DEST is that directory; below it links are replaced, never followed. */
    @Test
    void linksInTheDestinationAreNotFollowed() {
        scratch.shell(
                "mkdir -p source/sub real outside; echo a > source/sub/a; ln -s ../outside real/sub; ln -s real copy;"
                        + " echo keep > outside/keep");
        Fcp.alone().in(scratch).run("-f", "source", "copy").assertCode(0);
        assertThat(scratch.shell("cat real/sub/a; ls outside; stat -c %F real/sub copy"))
                .isEqualTo("a\nkeep\ndirectory\nsymbolic link\n");
    }

    @AloneAndUnderMpirun
    void whatIsLeftAloneIsSignedToo(int ranks) {
        makeSourceAndOldCopy();
        String fresh = Fcp.alone()
                .in(scratch)
                .run("-qs", "source", "fresh")
                .assertCode(0)
                .out();
        String updated = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-qs", "--update=differing", "source", "copy")
                .assertCode(0)
                .out();
        assertThat(updated).isEqualTo(fresh);
    }
}

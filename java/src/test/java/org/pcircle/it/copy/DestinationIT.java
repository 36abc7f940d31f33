package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Into DEST or onto it: where cp has a word for it, the word does here what it does there. */
class DestinationIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSources() {
        scratch.shell("""
                mkdir -p src/run16/sub src/other archive/run15 archive/run16
                echo 16 >src/run16/data; echo o >src/other/data; echo f >file; echo 15 >archive/run15/data
                cp -a archive byCp; cp -a archive byFcp""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/run16",
                "src/run16/",
                "file",
                "src/run16 src/other file",
                "src/other",
            })
    void targetDirectoryGetsEachSourceUnderItsName(String sources) {
        Object[] words = ("-u --target-directory=byFcp " + sources).split(" ");
        Fcp.withRanks(words.length % 2 == 0 ? 1 : 3).in(scratch).run(words).assertCode(0);
        scratch.shell("cp -a --target-directory=byCp " + sources);
        assertCopiesAreSame();
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/run16 byX", "src/run16 byX/new", "file byX/new", "file byX/run15/data"})
    void noTargetDirectoryIsTheCopyItself(String operands) {
        Object[] words = ("-uT " + operands.replace("byX", "byFcp")).split(" ");
        Fcp.alone().in(scratch).run(words).assertCode(0);
        scratch.shell("cp -aT " + operands.replace("byX", "byCp"));
        assertCopiesAreSame();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-uT file archive: is a directory",
                "-T src/run16 src/other archive: is the copy of one SOURCE, and 2 are given",
                "-T --target-directory=archive file: contradict each other",
                "--target-directory=nowhere file: nowhere: the directory that is to hold DEST does not exist",
                "--target-directory=nowhere file src/other: nowhere: with several sources",
                "--target-directory=file src/other: file/other: Not a directory",
                "--target-directory=archive: SOURCE is missing",
                "--target-directory=archive src/run16: archive/run16: DEST exists",
            })
    void whatCannotBeIsRefusedAndNothingIsTouched(String given) {
        String[] parts = given.split(": ", 2);
        Object[] words = parts[0].split(" ");
        Fcp.alone().in(scratch).run(words).assertCode(2).assertOneComplaint(parts[1]);
        scratch.assertSame("byCp", "archive");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPatternThatMatchesOneDirectoryEmptiesNoArchive(int ranks) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "src/run16", "archive")
                .assertCode(2)
                .assertOneComplaint("archive holds nothing that src/run16 holds", "--delete=anything");
        scratch.assertSame("byCp", "archive");

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--mirror", "--target-directory=archive", "src/run16")
                .assertCode(0);
        scratch.assertSame("src/run16", "archive/run16");
        assertThat(scratch.shell("cat archive/run15/data")).isEqualTo("15\n");

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("-u", "--delete=anything", "src/run16", "archive")
                .assertCode(0);
        scratch.assertSame("src/run16", "archive");
    }

    @Test
    void anEmptySourceEmptiesNoMirrorAndADryRunSaysSo() {
        scratch.shell("mkdir empty");
        Fcp.alone()
                .in(scratch)
                .run("-n", "--mirror", "empty", "archive")
                .assertCode(2)
                .assertOneComplaint("archive holds nothing that empty holds");
        Fcp.alone().in(scratch).run("--mirror", "empty", "new").assertCode(0);
        Fcp.alone()
                .in(scratch)
                .run("--mirror", "--exclude=run*", "empty", "archive")
                .assertCode(0);
        Fcp.alone()
                .in(scratch)
                .run("-u", "--delete=some", "empty", "archive")
                .assertCode(2)
                .assertOneComplaint("anything");
        assertThat(scratch.shell("ls archive")).isEqualTo("run15\nrun16\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed archive: closed", "archive/run15 closed: closed"})
    void aMirrorThatCannotBeToldIsRefusedAtWhatCannotBeRead(String given) throws IOException {
        String[] parts = given.split(": ", 2);
        scratch.shell("mkdir closed; chmod 000 closed");
        User.giveToUnprivileged(scratch.path());
        Object[] words = ("-u --delete " + parts[0]).split(" ");
        Fcp.alone()
                .unprivileged()
                .in(scratch)
                .run(words)
                .assertCode(2)
                .assertOneComplaint("--delete: " + parts[1] + ": ", "Permission denied");
        scratch.shell("chmod 700 closed");
    }

    /** The times of directories that got something are those of the two runs. */
    private void assertCopiesAreSame() {
        scratch.shell("touch -d 2020-01-01 byCp byFcp byCp/run15 byFcp/run15");
        scratch.assertSame("byCp", "byFcp");
    }
}

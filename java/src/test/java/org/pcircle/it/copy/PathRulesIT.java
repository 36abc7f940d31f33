package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Scratch;

/** Which SOURCE becomes what, and which DEST is refused. */
class PathRulesIT {

    private static final String SOURCES = """
            mkdir -p tree/below directory
            echo inner > tree/below/inner
            echo file > file
            ln -s tree link-to-tree
            ln -s file link-to-file
            ln -s nowhere dangling
            touch -d 2001-02-03T04:05:06.7 file tree/below/inner tree/below tree
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeSources() {
        scratch.shell(SOURCES);
    }

    @ParameterizedTest
    @CsvSource({
        "tree, copy, copy",
        "tree/, copy, copy",
        "tree, copy/, copy",
        "tree/., copy, copy",
        "./tree//, directory/../copy, copy",
        "tree, directory/copy, directory/copy",
        "link-to-tree/, copy, copy",
    })
    void directoryBecomesTheMissingDestination(String source, String destination, String copy) {
        copies(source + " " + destination);

        scratch.assertSame("tree", copy);
    }

    @ParameterizedTest
    @CsvSource({
        "file, copy, copy",
        "file, directory, directory/file",
        "file, directory/, directory/file",
        "file, directory/copy, directory/copy",
        "tree/below/../below/inner, directory, directory/inner",
    })
    void fileBecomesTheMissingDestinationOrLandsInADirectory(String source, String destination, String copy) {
        copies(source + " " + destination);

        assertSameEntry(source, copy);
    }

    @Test
    void fileLandsInADirectoryThatALinkLeadsTo() {
        scratch.shell("ln -s directory link-to-directory");

        copies("file link-to-directory");

        assertSameEntry("file", "directory/file");
    }

    @Test
    void sourcesLandInTheDestinationUnderTheirOwnNames() {
        copies("tree file dangling link-to-tree directory");

        scratch.assertSame("tree", "directory/tree");
        assertSameEntry("file", "directory/file");
        assertSameEntry("dangling", "directory/dangling");
        assertSameEntry("link-to-tree", "directory/link-to-tree");
    }

    @AloneAndUnderMpirun
    void thereMayBeMoreSourcesThanOpenFiles(int ranks) {
        scratch.shell("mkdir many; cd many; touch $(seq 2000)");

        Fcp.withRanks(ranks)
                .in(scratch.resolve("many"))
                .runScript("ulimit -n 500; fcp * ../directory")
                .assertCode(0);

        assertThat(scratch.shell("ls directory")).isEqualTo(scratch.shell("ls many"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"link-to-tree", "link-to-file", "dangling"})
    void linkIsCopiedAsALink(String link) {
        copies(link + " copy");

        assertSameEntry(link, "copy");
    }

    @Test
    void currentDirectoryIsASource() {
        Fcp.alone().in(scratch.resolve("tree")).run(".", "../copy").assertCode(0);

        scratch.assertSame("tree", "copy");
    }

    @Test
    void currentDirectoryIsADestination() {
        Fcp.alone().in(scratch.resolve("directory")).run("../file", ".").assertCode(0);

        assertSameEntry("file", "directory/file");
    }

    @Test
    void ranksShareTheCurrentDirectory() {
        Fcp.underMpirun(3).in(scratch).run("tree", "file", "directory").assertCode(0);

        scratch.assertSame("tree", "directory/tree");
        assertSameEntry("file", "directory/file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tree directory",
                "tree file",
                "file file",
                "file link-to-file",
                "tree tree",
                "tree link-to-tree",
                "tree tree/copy",
                "tree tree/below/copy",
                "tree link-to-tree/below/copy",
                "link-to-tree/ tree/copy",
                ". directory/copy",
                "file tree tree/below",
                "tree file copy",
                "tree file file",
                "tree/below directory/../tree/below directory",
                "file ./file directory",
                "file tree/below/inner/copy",
                "tree missing/copy",
                "file missing/copy",
                "file copy/",
                "file/ copy",
                "link-to-file/ copy",
                "dangling/ copy",
                "tree dangling",
                "file dangling",
                "tree ''",
                "'' copy",
            })
    void isRefusedBeforeAnythingIsTouched(String words) {
        assertRefused(words);
    }

    @Test
    void existingEntryInTheDestinationIsRefused() {
        scratch.shell("echo other > directory/file");

        assertRefused("file directory");
        assertRefused("tree file directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "tree"})
    void fifoIsNoDestination(String source) {
        scratch.shell("mkfifo fifo");

        assertRefused(source + " fifo");
    }

    @Test
    void deviceIsNoDestination() {
        assertRefused("file /dev/null");
    }

    private void copies(String words) {
        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(0);
    }

    private void assertRefused(String words) {
        List<String> before = Manifest.of(scratch.path());

        Fcp.alone().in(scratch).runScript("fcp " + words).assertCode(2).assertOneComplaint();

        assertThat(Manifest.of(scratch.path())).isEqualTo(before);
    }

    private void assertSameEntry(String source, String copy) {
        String description = "stat -c '%F %a %s %y' ";
        assertThat(scratch.shell(description + copy)).isEqualTo(scratch.shell(description + source));
        scratch.shell("test -L '%1$s' && [ $(readlink '%1$s') = $(readlink '%2$s') ] || cmp '%1$s' '%2$s'"
                .formatted(source, copy));
    }
}

package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.FaultyFileSystem;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/**
 * Where the destination takes two names of the source for one, one entry is copied, and the other is a listed failure.
 */
class FoldedNamesIT {

    private static final String TAKEN = "DEST takes this name for another one of the same directory of SOURCE";

    /** Names that stand in {@code errors}. */
    private static final String LISTED =
            "[ ! -e errors ] || sed 's|.*\"path\":\"folder/copy/\\([^\"]*\\)\".*|\\1|' errors | LC_ALL=C sort";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** Pairs of each kind of entry, of the same size and time, so that one could be taken for the copy of the other. */
    private void makePairs() {
        scratch.shell("""
                mkdir -p source/deep shown; cd source
                for name in FILE file deep/Small deep/small; do echo $name | md5sum > $name; done
                for name in BIG big; do yes $name | head -c 3M > $name; done
                mkdir DIRECTORY directory mixed; echo 1 > DIRECTORY/one; echo 2 > directory/two
                echo 1 > mixed/one; echo a file > MIXED
                ln -s to-one LINK; ln -s to-two link; mkfifo PIPE pipe
                echo linked > HARD; ln HARD hard
                echo plain > MORE; echo other > more; ln more named
                find . -exec touch -h -d 2001-02-03 {} +
                """);
    }

    /**
     * Of each pair one is there under its own name, with what is in it, and the other is listed; nothing else is
     * lacking.
     */
    private void assertOneOfEachPairIsCopiedAndTheOtherListed(Outcome outcome) {
        outcome.assertCode(1);
        String lacking = scratch.shell("""
                diff -r --no-dereference source shown/copy | grep -v ' is a fifo while ' \
                    | sed 's|^Only in source: ||; s|^Only in source/\\(.*\\): |\\1/|' | LC_ALL=C sort
                """);
        assertThat(scratch.shell(LISTED)).isEqualTo(lacking);
        assertThat(lacking.toLowerCase()).hasLineCount(9).contains("deep/small", "directory", "hard", "more");
        assertThat(scratch.shell("ls shown/copy")).hasLineCount(10);
    }

    @ParameterizedTest(name = "fcp {1}, np {0}")
    @CsvSource({"1, -f", "1, -u", "4, -f", "4, -u -s", "4, -f -c"})
    void ofTwoNamesThatAreOneToTheDestinationOneIsCopiedAndTheOtherListed(int ranks, String options) {
        makePairs();
        try (FaultyFileSystem folding = mount()) {
            assertOneOfEachPairIsCopiedAndTheOtherListed(copy(ranks, options));
            assertThat(scratch.shell("grep -vc '" + TAKEN + "' errors || true")).isEqualTo("0\n");
            assertOneOfEachPairIsCopiedAndTheOtherListed(copy(ranks, options));
        }
    }

    /** A name that another entry has got must not become a link of that either. */
    @AloneAndUnderMpirun
    void soItIsWhereNothingIsReplaced(int ranks) {
        makePairs();
        try (FaultyFileSystem folding = mount()) {
            assertOneOfEachPairIsCopiedAndTheOtherListed(copy(ranks, ""));
        }
    }

    @ParameterizedTest(name = "fcp {1}, np {0}, old copies of {2}")
    @CsvSource({
        "1, -f, upper",
        "1, --update=differing, lower",
        "4, -f, lower",
        "4, --update=differing, upper",
        "4, --mirror, upper"
    })
    void soItIsWhereAnOldCopyOfOneOfThemIsThere(int ranks, String options, String spelling) {
        makePairs();
        scratch.shell("mkdir -p shown/copy/deep; cd shown/copy; for name in FILE BIG LINK PIPE HARD MORE DEEP; do "
                + (spelling.equals("upper") ? "" : "name=$(echo $name | tr A-Z a-z); ")
                + "[ -e $name ] || [ $name = DEEP ] || echo old > $name; done");
        try (FaultyFileSystem folding = mount()) {
            assertOneOfEachPairIsCopiedAndTheOtherListed(copy(ranks, options));
        }
    }

    @AloneAndUnderMpirun
    void ofTwoNamesThatAreOneToAnOldOneOnlyTheFirstReplacesIt(int ranks) {
        scratch.shell("""
                mkdir -p source shown/copy; for name in name large alone; do echo old > shown/copy/$name; done
                echo 1 > source/NAME; echo 2 > source/Name; echo 3 > source/ALONE
                yes 1 | head -c 3M > source/LARGE; yes 2 | head -c 3M > source/Large
                """);
        try (FaultyFileSystem folding = mount()) {
            copy(ranks, "-f").assertCode(1);

            assertThat(scratch.shell(LISTED)).isEqualTo("Large\nName\n");
            assertThat(scratch.shell("cd shown/copy; cat name alone; ls; cmp large ../../source/LARGE"))
                    .isEqualTo("1\n3\nalone\nlarge\nname\n");
        }
    }

    /** The names in DEST stay as they were, so what is called otherwise there is not lacking in SOURCE. */
    @AloneAndUnderMpirun
    void whatIsCopiedToAnOldSpellingIsNotDeleted(int ranks) {
        scratch.shell("""
                mkdir -p source/Folder source/plain shown/copy/folder shown/copy/gone
                echo 1 > source/ALONE; echo 2 > source/Folder/Inner; echo old > shown/copy/alone; echo old > shown/copy/folder/inner
                echo old > shown/copy/folder/extra; echo old > shown/copy/extra; echo old > shown/copy/gone/Extra
                """);
        try (FaultyFileSystem folding = mount()) {
            copy(ranks, "-u --delete").assertCode(0);

            assertThat(scratch.shell("cd shown/copy; find . -mindepth 1 | sort; cat alone folder/inner"))
                    .isEqualTo("./alone\n./folder\n./folder/inner\n./plain\n1\n2\n");
        }
    }

    @Test
    void aTreeOfDistinctNamesIsCopiedAndUpdatedAsEver() {
        scratch.shell("""
                mkdir -p source/directory shown; for i in $(seq 300); do echo $i > source/directory/Name-$i; done
                echo umlaut > source/ä; echo x > source/7; ln source/7 source/linked; yes | head -c 3M > source/large
                """);
        try (FaultyFileSystem folding = mount()) {
            for (String option : List.of("-f", "-u", "-f", "-u")) {
                copy(1, option).assertCode(0);
                scratch.assertSame("source", "shown/copy");
            }
        }
    }

    @Test
    void aDryRunListsWhatIsThereForAnotherEntry() {
        scratch.shell("""
                mkdir -p source/D source/d shown/copy/D; echo 1 > source/A; echo 2 > source/a; echo 1 > shown/copy/A
                echo 1 > source/H; ln source/H source/h; echo 1 > shown/copy/H
                yes 1 | head -c 3M > source/L; yes 2 | head -c 3M > source/l; echo 1 > shown/copy/L
                """);
        try (FaultyFileSystem folding = mount()) {
            for (String options : List.of("-f --dry-run", "-u --dry-run", "-u")) {
                copy(1, options).assertCode(1);
                assertThat(scratch.shell(LISTED)).isEqualTo("a\nd\nh\nl\n");
            }
        }
    }

    private Outcome copy(int ranks, String options) {
        scratch.shell("rm -f errors");
        return Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("fcp " + options + " --chunk-size=64K --errors=errors source folder/copy");
    }

    private FaultyFileSystem mount() {
        return FaultyFileSystem.mount(scratch.resolve("folder"), scratch.resolve("shown"), "fold");
    }
}

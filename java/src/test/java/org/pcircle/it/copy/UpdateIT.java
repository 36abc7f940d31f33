package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.Stats;

/** What --update keeps and what it replaces, in every way that an entry is copied. */
class UpdateIT {

    /** Of each kind one that is newer in the copy, one that is older, one that is as old, and one that is missing. */
    private static final String PAIRS = """
            mkdir -p source/sub copy/sub
            make() { # name, source's time, copy's time
              echo "source $1" > "source/$1"; touch -d "$2" "source/$1"
              echo "the copy's $1" > "copy/$1"; touch -d "$3" "copy/$1"
            }
            make newer 2020-01-01 2021-01-01
            make sub/newer 2020-01-01 '2020-01-01 00:00:00.000000001'
            make older 2020-01-01 2019-01-01
            make as-old 2020-01-01 2020-01-01
            echo missing > source/missing
            head -c 40M /dev/urandom > source/large-newer; echo small > copy/large-newer
            head -c 40M /dev/urandom > source/large-older; echo small > copy/large-older
            touch -d 2020-01-01 source/large-*; touch -d 2021-01-01 copy/large-newer; touch -d 2019-01-01 copy/large-older
            for each in newer older; do
              ln -s "source's" source/link-$each; ln -s "copy's" copy/link-$each
              echo file > source/of-another-type-$each; ln -s link copy/of-another-type-$each
            done
            touch -h -d 2020-01-01 source/link-* source/of-another-type-*
            touch -h -d 2021-01-01 copy/*-newer; touch -h -d 2019-01-01 copy/link-older copy/of-another-type-older
            """;

    private static final List<String> NEWER =
            List.of("newer", "sub/newer", "large-newer", "link-newer", "of-another-type-newer");

    private static final List<String> OTHERS =
            List.of("older", "as-old", "missing", "large-older", "link-older", "of-another-type-older");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private Outcome copy(int ranks, String words) {
        return Fcp.withRanks(ranks).in(scratch).run((Object[]) words.split(" "));
    }

    /** What would be seen if any of these entries were touched. */
    private String state(String tree, List<String> names) {
        return scratch.shell("cd " + tree + " && stat -c '%n %F %s %y %Z %a %i' " + String.join(" ", names))
                + content(tree, names);
    }

    private String content(String tree, List<String> names) {
        return scratch.shell("cd " + tree + " && for name in " + String.join(" ", names) + """
                ; do
                  stat -c '%n %F %s %y' $name
                  if [ -L $name ]; then readlink $name; else sha256sum < $name; fi
                done
                """);
    }

    @AloneAndUnderMpirun
    void whatIsNewerIsKept(int ranks) {
        scratch.shell(PAIRS);
        String before = state("copy", NEWER);

        String foreseen =
                copy(ranks, "-n -u --chunk-size=1M source copy").assertCode(0).out();
        String said = copy(ranks, "-u --chunk-size=1M --stats=stats source copy")
                .assertCode(0)
                .out();

        assertThat(foreseen)
                .contains("; 5 newer in DEST would be kept; --update=differing replaces them")
                .doesNotContain("newer\n");
        assertThat(said).contains("; 5 newer in DEST were kept; --update=differing replaces them");
        assertThat(Stats.read(scratch.resolve("stats")).total("newerKept")).isEqualTo(5);
        assertThat(state("copy", NEWER)).isEqualTo(before);
        assertThat(content("copy", OTHERS)).isEqualTo(content("source", OTHERS));
        assertThat(copy(ranks, "-u source copy").assertCode(0).out()).contains("(0 files, ");
    }

    /** As cp -u and rsync -u do; cp keeps newer links, and whatever type the source has, and rsync does not. */
    @Test
    void filesAreKeptAsByCpAndRsync() {
        scratch.shell(PAIRS + "cp -a copy by-cp; cp -a copy by-rsync");
        copy(1, "-u source copy").assertCode(0);
        scratch.shell("cp -au --remove-destination source/. by-cp; rsync -aHu source/ by-rsync/");

        List<String> files = List.of("newer", "large-newer", "older", "missing", "large-older");
        assertThat(content("copy", files)).isEqualTo(content("by-cp", files));
        assertThat(content("copy", files)).isEqualTo(content("by-rsync", files));
        List<String> links = List.of("link-newer", "link-older", "of-another-type-newer", "of-another-type-older");
        assertThat(content("copy", links)).isEqualTo(content("by-cp", links));
    }

    @AloneAndUnderMpirun
    void differingReplacesAll(int ranks) {
        scratch.shell(PAIRS + "echo extra > copy/extra");
        copy(ranks, "--update=differing source copy").assertCode(0);
        assertThat(content("copy", NEWER)).isEqualTo(content("source", NEWER));
        assertThat(content("copy", OTHERS)).isEqualTo(content("source", OTHERS));
        copy(ranks, "-p --mirror source copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void noneTouchesNothingThatExists(int ranks) {
        scratch.shell(PAIRS + """
                chmod 700 copy/sub; touch -d 2018-01-01 copy/sub; echo x > source/sub/missing
                mkdir copy/directory; echo file > source/directory; mkdir copy/large-directory
                head -c 20M /dev/zero > source/large-directory; echo keep > copy/directory/keep
                echo same > source/same; cp -a source/same copy; chmod 600 copy/same
                """);
        List<String> existing = List.of(
                "newer",
                "sub",
                "sub/newer",
                "older",
                "as-old",
                "large-newer",
                "large-older",
                "link-newer",
                "link-older",
                "of-another-type-newer",
                "of-another-type-older",
                "directory",
                "directory/keep",
                "large-directory",
                "same");
        String names = String.join(" ", existing);
        String before = scratch.shell(
                "cd copy; stat -c '%n %F %y %a %i' " + names + "; find . -type f | xargs sha256sum | sort");

        String foreseen = copy(ranks, "-n --ignore-existing --chunk-size=1M source copy")
                .assertCode(0)
                .out();
        Outcome copied = copy(ranks, "--update=none --chunk-size=1M --stats=stats source copy")
                .assertCode(0);

        assertThat(scratch.shell("cd copy; stat -c '%n %F %y %a %i' " + names
                        + "; find . -type f ! -name missing | xargs sha256sum | sort"))
                .isEqualTo(before);
        assertThat(scratch.shell("cat copy/missing copy/sub/missing")).isEqualTo("missing\nx\n");
        assertThat(copied.out()).contains(" existing in DEST were kept").doesNotContain("differing");
        assertThat(foreseen)
                .contains("copy copy/missing\n", "copy copy/sub/missing\n")
                .contains(" existing in DEST would be kept");
        assertThat(foreseen.lines().filter(line -> line.matches("(copy|mkdir|set|symlink|delete) .*")))
                .hasSize(2);

        copy(ranks, "--ignore-existing --delete source copy").assertCode(0);
        assertThat(scratch.shell("ls copy/directory")).isEqualTo("keep\n");
    }

    @AloneAndUnderMpirun
    void namesOfOneFileAreKeptEachByItself(int ranks) {
        scratch.shell("""
                mkdir source copy
                cd source; echo one > a; ln a b; ln a c; ln a d; head -c 30M /dev/urandom > l1; ln l1 l2; ln l1 l3
                echo pair > p; ln p q; touch -d 2020-01-01 a l1 p
                cd ../copy; echo mine > a; echo old > b; echo mine > l2; echo old > l3; echo pair > p; ln p q
                touch -d 2021-01-01 a l2 p; touch -d 2019-01-01 b l3
                """);
        String kept = state("copy", List.of("a", "l2", "p", "q"));

        Outcome foreseen = copy(ranks, "-n -u --chunk-size=1M source copy").assertCode(0);
        Outcome copied = copy(ranks, "-u --chunk-size=1M source copy").assertCode(0);

        assertThat(copied.out()).contains("; 4 newer in DEST were kept");
        assertThat(foreseen.out()).contains("; 4 newer in DEST would be kept");
        assertThat(state("copy", List.of("a", "l2", "p", "q"))).isEqualTo(kept);
        assertThat(scratch.shell(
                        "cat copy/b copy/c copy/d; stat -c %h copy/b; cmp source/l1 copy/l1; cmp source/l3 copy/l3"))
                .isEqualTo("one\none\none\n3\n");
        assertThat(scratch.shell("stat -c %i copy/l1 copy/l3 | sort -u | wc -l"))
                .isEqualTo("1\n");
    }

    /** Names given as sources, which the plan finds and not a listing. */
    @AloneAndUnderMpirun
    void sourcesThatAreNamesOfOneFileAreKeptEachByItself(int ranks) {
        scratch.shell("mkdir copy; echo one > a; ln a b; ln a c; echo mine > copy/a; touch -d 2020-01-01 a");
        assertThat(copy(ranks, "-u a b c copy").assertCode(0).out()).contains("; 1 newer in DEST was kept");
        assertThat(scratch.shell("cat copy/a copy/b copy/c; stat -c %h copy/c")).isEqualTo("mine\none\none\n2\n");
    }

    @AloneAndUnderMpirun
    void listedFilesAreKeptToo(int ranks) {
        scratch.shell(PAIRS + "cd source; ln newer newer-too; ls -d newer* sub/newer large-* link-* older > ../list");
        String before = state("copy", NEWER.subList(0, 4));
        Outcome copied =
                copy(ranks, "-u --files-from=list --chunk-size=1M source copy").assertCode(0);
        assertThat(copied.out()).contains("; 4 newer in DEST were kept");
        assertThat(state("copy", NEWER.subList(0, 4))).isEqualTo(before);
        assertThat(content("copy", List.of("older", "large-older", "link-older", "newer-too")))
                .isEqualTo(content("source", List.of("older", "large-older", "link-older", "newer-too")));
    }

    @AloneAndUnderMpirun
    void aSingleNewerFileIsKept(int ranks) {
        scratch.shell(
                "echo old > file; touch -d 2020-01-01 file; echo new > copy; mkdir folder; echo new > folder/file");
        assertThat(copy(ranks, "-u file copy").assertCode(0).out()).contains("; 1 newer in DEST was kept");
        copy(ranks, "-u file folder").assertCode(0);
        assertThat(scratch.shell("cat copy folder/file")).isEqualTo("new\nnew\n");
        copy(ranks, "--update=differing file copy").assertCode(0);
        assertThat(scratch.shell("cat copy")).isEqualTo("old\n");
    }

    /** What a source's directory needs the name of is neither replaced nor passed over without a word. */
    @AloneAndUnderMpirun
    void aNewerFileInTheWayOfADirectoryIsKeptAndAFailure(int ranks) {
        scratch.shell("""
                mkdir -p source/d source/e source/f copy/f; echo x > source/d/x; echo y > source/e/y; echo file > source/file
                echo keep > copy/d; echo old > copy/e; mkdir copy/file
                touch -d 2020-01-01 source/d source/e source/file; touch -d 2019-01-01 copy/e
                """);
        for (String dry : List.of("-n ", "")) {
            Outcome failed = copy(ranks, dry + "-u --errors=list source copy").assertCode(1);
            assertThat(failed.err()).contains("copy/d: mkdir: File exists", "copy/file: create: Is a directory");
            assertThat(failed.out()).contains("2 entries failed");
        }
        assertThat(scratch.shell("cat copy/d copy/e/y")).isEqualTo("keep\ny\n");
        Outcome none =
                copy(ranks, "--ignore-existing --errors=list source copy").assertCode(1);
        assertThat(none.err()).contains("copy/d: mkdir: File exists");
        assertThat(none.out()).contains("1 entry failed");
        copy(ranks, "--mirror source copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void theSignatureIsThatOfTheDestination(int ranks) {
        scratch.shell(PAIRS
                + "cd source; ln missing m2; head -c 3M /dev/zero > ../copy/newer; touch -d 2021-01-01 ../copy/newer");
        String said = copy(ranks, "-qus source copy").assertCode(0).out();
        String there = Fsum.alone().in(scratch).run("-q", "copy").assertCode(0).out();
        assertThat(said.split(" ")[0]).isEqualTo(there.split(" ")[0]);
        String kept = copy(ranks, "-qs --update=none source copy").assertCode(0).out();
        assertThat(kept.split(" ")[0]).isEqualTo(there.split(" ")[0]);
    }

    @Test
    void contradictionsAreNamed() {
        scratch.shell("mkdir source copy");
        copy(1, "--mirror -u source copy").assertCode(2).assertOneComplaint("--mirror means --update=differing");
        copy(1, "--ignore-existing --update=older source copy").assertCode(2).assertOneComplaint("--update=none");
        copy(1, "--ignore-existing --mirror source copy").assertCode(2).assertOneComplaint("contradict");
        copy(1, "--update=newer source copy").assertCode(2).assertOneComplaint("older, differing, none");
        copy(1, "--mirror --files-from=x source copy").assertCode(2).assertOneComplaint("--mirror is not possible");
        copy(1, "--mirror --update=differing --delete -f source copy").assertCode(0);
    }
}

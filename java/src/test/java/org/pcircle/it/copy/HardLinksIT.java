package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Names of one file stay names of one file, whichever ranks find them. */
class HardLinksIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private final String allKinds = """
            mkdir -p source/a/b source/c
            cd source
            head -c 40M /dev/urandom > a/large; ln a/large c/large; ln a/large a/b/large
            echo small > small; ln small c/small; ln small a/small
            : > empty; ln empty c/empty
            ln -s nowhere link; ln -P link a/link
            mkfifo fifo; ln fifo c/fifo
            echo outside > ../outside; ln ../outside a/with-a-name-outside
            """;

    @AloneAndUnderMpirun
    void everyKindOfEntryKeepsItsNames(int ranks) {
        scratch.shell(allKinds);
        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);
        scratch.assertSame("source", "copy");
        assertThat(groups("copy")).isEqualTo(groups("source"));
        assertThat(scratch.shell("stat -c %h copy/a/with-a-name-outside")).isEqualTo("1\n");
    }

    /** So many that the ranks bring them together in files, and sort them there. */
    @AloneAndUnderMpirun
    void manyNamesAreBroughtTogether(int ranks) {
        scratch.shell("""
                python3 - <<'END'
                import os, random
                random.seed(7)
                for d in range(100):
                    os.makedirs(f'source/{d:03}')
                for f in range(6000):
                    first = f'source/{random.randrange(100):03}/file-of-many-names-{f:05}-0'
                    with open(first, 'w') as file:
                        file.write(str(f))
                    for n in range(1, random.choice([1, 2, 2, 3, 5, 12])):
                        os.link(first, f'source/{random.randrange(100):03}/file-of-many-names-{f:05}-{n}')
                END
                """);
        Fcp.withRanks(ranks).in(scratch).run("-s", "source", "copy").assertCode(0);
        assertThat(groups("copy")).isEqualTo(groups("source"));
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void theSignatureCountsEveryName(int ranks) {
        scratch.shell(allKinds
                + "\ncd ..; cp -a source source-unlinked; cd source-unlinked; for f in $(find . -links +1 ! -type d);"
                + " do cp -a --no-preserve=links $f $f.tmp; mv $f.tmp $f; done");
        String linked = Fcp.withRanks(ranks)
                .in(scratch)
                .run("-qs", "source", "copy")
                .assertCode(0)
                .out();
        String unlinked = Fcp.alone()
                .in(scratch)
                .run("-qs", "source-unlinked", "copy2")
                .assertCode(0)
                .out();
        assertThat(linked.substring(0, linked.indexOf(" ")))
                .startsWith("pcircle1-xxh64:")
                .isEqualTo(unlinked.substring(0, unlinked.indexOf(" ")));
    }

    @Test
    void withoutLinksEveryNameIsAFile() {
        scratch.shell(allKinds);
        Fcp.alone().in(scratch).run("--no-preserve=links", "source", "copy").assertCode(0);
        assertThat(scratch.shell("find copy -links +1 ! -type d")).isEmpty();
        scratch.shell("diff -r --no-dereference -x fifo source copy");
    }

    @Test
    void sourcesThatAreNamesOfOneFileStaySo() {
        scratch.shell("echo x > one; ln one two; mkdir copy");
        Fcp.alone().in(scratch).run("one", "two", "copy").assertCode(0);
        assertThat(scratch.shell("stat -c %h copy/one copy/two")).isEqualTo("2\n2\n");
    }

    @AloneAndUnderMpirun
    void anUpdateRepairsWhatBelongsTogether(int ranks) {
        scratch.shell(allKinds);
        Fcp.alone().in(scratch).run("source", "copy").assertCode(0);
        scratch.shell("""
                cd copy
                rm c/large
                cp -a a/small x; mv x a/small
                ln -f empty extra; cp -a link y; mv y link
                ln -f a/b/large lonely; rm lonely
                """);
        Fcp.withRanks(ranks).in(scratch).run("--mirror", "source", "copy").assertCode(0);
        assertThat(groups("copy")).isEqualTo(groups("source"));
        scratch.assertSame("source", "copy");
        Outcome again =
                Fcp.withRanks(ranks).in(scratch).run("-u", "source", "copy").assertCode(0);
        assertThat(again.out()).contains("(0 files, ").doesNotContain("hard links");
    }

    /** Two files of the source that are one in the destination: each must have its own again. */
    @Test
    void anUpdateSetsApartWhatDoesNotBelongTogether() {
        scratch.shell("mkdir source; cd source; echo one > a; echo two > b; touch -d @1000 a b");
        Fcp.alone().in(scratch).run("source", "copy").assertCode(0);
        scratch.shell("cd copy; ln -f a b");
        Fcp.alone().in(scratch).run("-u", "source", "copy").assertCode(0);
        assertThat(scratch.shell("cat copy/a copy/b")).isEqualTo("one\ntwo\n");
    }

    /** Where the destination's file systems know no links across them, each name is copied, and that is said. */
    @Test
    void whatCannotBeLinkedIsCopied() {
        User.assumeRoot("can mount");
        scratch.shell(allKinds + "\ncd ..; mkdir copy");
        try (MemoryFileSystem other = MemoryFileSystem.mount(scratch.resolve("copy/c"), "size=100m")) {
            Outcome copied = Fcp.alone().in(scratch).run("-f", "source", "copy").assertCode(0);
            assertThat(copied.err()).contains("warning: links could not be kept of ");
            scratch.shell("diff -r --no-dereference -x fifo source copy");
            Outcome insisted = Fcp.alone()
                    .in(scratch)
                    .run("-f", "--preserve=links", "--errors=list", "source", "copy")
                    .assertCode(1);
            assertThat(insisted.err()).contains("keep links: Invalid cross-device link");
            assertThat(other.path()).isNotEmptyDirectory();
        }
    }

    /** The names of each entry that has several in a tree, a line each. */
    private String groups(String tree) {
        return scratch.shell("cd " + tree + """

                find . ! -type d -links +1 -printf '%i %p\\n' | sort | awk '
                    function flush() { if (n > 1) print names }
                    $1 != inode { flush(); inode = $1; names = ""; n = 0 }
                    { names = names " " $2; n++ }
                    END { flush() }' | sort
                """);
    }
}

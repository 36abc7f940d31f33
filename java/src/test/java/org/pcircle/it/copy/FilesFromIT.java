package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/** Copies of the entries that a list names. */
class FilesFromIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    private void makeSource() {
        scratch.shell("""
                mkdir -p source/a/b/c source/a-b source/d/e source/closed
                cd source
                for d in . a a/b a/b/c a-b d d/e closed; do echo $d > $d/one; echo $d > $d/two; done
                head -c 30M /dev/urandom > d/large; ln d/one d/linked; ln -s one a/link; mkfifo a/b/fifo
                touch "a/with space" "a/$(printf 'new\\nline')" a/b/.hidden
                chmod 555 d; chmod 0 closed; touch -d @99 a a/b d closed
                """);
    }

    @AloneAndUnderMpirun
    void whatIsNamedIsCopiedAsRsyncDoes(int ranks) {
        makeSource();
        scratch.shell("""
                printf '%s\\n' d/large a/b/c/one ./a/b/fifo /d/linked a//link d/one a-b 'a/with space' a/b/c/one > list
                rsync -rlptgoDH --files-from=list source/ expected/
                """);
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--files-from=list", "source", "copy")
                .assertCode(0);
        scratch.shell(
                "diff -r --no-dereference -x fifo expected copy; for t in expected copy; do (cd $t; find . -printf '%p %y %m %l\\n' |"
                        + " sort > ../$t.list); done; cmp expected.list copy.list");
        assertThat(scratch.shell("cd copy; find . | sort"))
                .contains("./a-b/two\n", "./a/b/c/one\n")
                .doesNotContain("a/b/one");
    }

    @Test
    void whatIsNamedTwiceIsCopiedOnce() {
        makeSource();
        scratch.shell("printf '%s\\n' a/b/c a/one a a/b/c/two a/ a-b/one > list");
        Fcp.alone().in(scratch).run("--files-from=list", "source", "copy").assertCode(0);
        scratch.shell("diff -r --no-dereference -x fifo source/a copy/a");
        assertThat(scratch.shell("ls copy copy/a-b")).isEqualTo("copy:\na\na-b\n\ncopy/a-b:\none\n");
    }

    @AloneAndUnderMpirun
    void namesMayHoldNewlines(int ranks) {
        makeSource();
        Outcome copied = Fcp.withRanks(ranks)
                .in(scratch)
                .runScript("cd source; find a -type f -print0 | (cd ..; fcp --files-from=- -0 source copy)")
                .assertCode(0);
        assertThat(copied.complaints()).isEmpty();
        scratch.shell("diff -r --no-dereference -x fifo -x link source/a copy/a");
    }

    @Test
    void everythingCanBeNamed() {
        makeSource();
        scratch.shell("echo . > list");
        Fcp.alone().in(scratch).run("--files-from=list", "source", "copy").assertCode(0);
        scratch.assertSame("source", "copy");
    }

    @AloneAndUnderMpirun
    void whatIsMissingOrOutsideIsAnError(int ranks) {
        makeSource();
        scratch.shell(
                "echo secret > secret; printf '%s\\n' a/one missing ../secret a/../../secret none/such a/two/below > list");
        Outcome failed = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--errors=errors", "--files-from=list", "source", "copy")
                .assertCode(1);
        assertThat(failed.err())
                .contains(
                        "source/missing: --files-from: No such file",
                        "source/none/such: ",
                        "source/a/two/below: ",
                        "../secret: --files-from: leads out of SOURCE");
        assertThat(scratch.shell("cd copy; find . -type f; wc -l < ../errors")).isEqualTo("./a/one\n5\n");
    }

    /** Two dots take back the name before them, as with rsync; more of them than names lead out. */
    @Test
    void twoDotsLeadBackWithinTheSource() {
        makeSource();
        scratch.shell("printf '%s\\n' a/../d/one a/b/../../a-b/two d/../a/one > list;"
                + " rsync -rlptgoDH --files-from=list source/ expected/");
        Fcp.alone().in(scratch).run("--files-from=list", "source", "copy").assertCode(0);
        scratch.shell("diff -r expected copy");
        scratch.shell("printf '%s\\n' .. a/../.. a/../../source/a/one > list");
        Outcome failed = Fcp.alone()
                .in(scratch)
                .run("--errors=errors", "--files-from=list", "source", "other")
                .assertCode(1);
        assertThat(failed.err().split("leads out of SOURCE", -1)).hasSize(4);
    }

    @AloneAndUnderMpirun
    void whyANameIsNotFoundIsSaid(int ranks) {
        makeSource();
        scratch.shell("ln -s a source/way; printf 'a/one\\r\\nway/one\\nway/b/one\\na/two\\n' > list");
        Outcome failed = Fcp.withRanks(ranks)
                .in(scratch)
                .run("--errors=errors", "--files-from=list", "source", "copy")
                .assertCode(1);
        assertThat(failed.err())
                .contains(
                        "source/a/one\\015: --files-from: No such file or directory; it ends in a carriage return",
                        "source/way/one: --files-from: leads through a symbolic link: name what the link leads to",
                        "source/way/b/one: --files-from: leads through a symbolic link");
        assertThat(scratch.shell("cd copy; find . -type f")).isEqualTo("./a/two\n");
        assertThat(scratch.shell("cat errors")).contains("\"operation\":\"find\"", "\"errno\":\"ELOOP\"");
    }

    /** So many that the list is sorted in files. */
    @AloneAndUnderMpirun
    void longListsAreSorted(int ranks) {
        scratch.shell(
                "python3 - <<'END'\nimport os, random\nnames = []\nfor d in range(300):\n    os.makedirs(f'source/directory-{d:04}/x')\n"
                        + "    for f in range(150):\n        names.append(f'directory-{d:04}/x/a-file-with-a-long-name-{f:04}')\n"
                        + "        open('source/' + names[-1], 'w').close()\nrandom.seed(3)\nrandom.shuffle(names)\n"
                        + "open('list', 'w').write(chr(10).join(names))\nEND");
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--files-from=list", "source", "copy")
                .assertCode(0);
        scratch.assertSame("source", "copy");
    }

    @Test
    void aListWithoutEndIsGivenUp() {
        makeSource();
        Outcome failed = Fcp.alone()
                .in(scratch)
                .runScript("{ echo a/one; tr '\\\\0' x < /dev/zero; } | fcp --errors=errors --files-from=- source copy")
                .assertCode(1);
        assertThat(failed.err()).contains("--files-from: read: Input/output error");
        assertThat(scratch.shell("cd copy; find . -type f")).isEqualTo("./a/one\n");
    }

    @Test
    void contradictionsAreRefused() {
        scratch.shell("mkdir source; touch file; echo x > list");
        assertRefused("names entries of one SOURCE", "--files-from=list", "source", "file", "copy");
        assertRefused("names entries of a directory", "--files-from=list", "file", "copy");
        assertRefused("No such file", "--files-from=missing", "source", "copy");
        assertRefused("Is a directory", "--files-from=source", "source", "copy");
        assertRefused("give that, too", "-0", "source", "copy");
        assertRefused(
                "--delete is not possible with --files-from", "-f", "--delete", "--files-from=list", "source", "copy");
    }

    private void assertRefused(String said, Object... arguments) {
        Outcome refused = Fcp.alone().in(scratch).run(arguments).assertCode(2);
        assertThat(refused.err()).contains(said);
        assertThat(scratch.resolve("copy")).doesNotExist();
    }
}

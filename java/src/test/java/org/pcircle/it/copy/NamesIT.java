package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Names are bytes: any but the slash and zero, and paths of any length, whatever the locale. */
class NamesIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @CsvSource({"1, C", "1, C.UTF-8", "4, C", "4, C.UTF-8"})
    void everyNameIsCopied(int ranks, String locale) {
        scratch.shell(SampleTree.ODD_NAMES);

        Fcp.withRanks(ranks)
                .with("LC_ALL", locale)
                .in(scratch)
                .run("source", "copy")
                .assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest
    @CsvSource({"1, C", "1, C.UTF-8", "4, C", "4, C.UTF-8"})
    void argumentsMayBeAnyBytes(int ranks, String locale) {
        scratch.shell("echo data > \"$(printf 'a\\377\\n\\303\\251')\"");

        Fcp.withRanks(ranks)
                .with("LC_ALL", locale)
                .in(scratch)
                .runScript("fcp \"$(printf 'a\\377\\n\\303\\251')\" \"$(printf 'b\\300\\n\\342\\202')\"")
                .assertCode(0);

        scratch.shell("cmp \"$(printf 'a\\377\\n\\303\\251')\" \"$(printf 'b\\300\\n\\342\\202')\"");
    }

    @Test
    void namesThatAreNoTextAreEscapedInMessages() {
        Outcome outcome = Fcp.alone()
                .in(scratch)
                .runScript("fcp \"$(printf 'a\\n\\377')\" copy")
                .assertCode(2);

        outcome.assertOneComplaint("a\\012\\377: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void filesForTheUserMayHaveAnyName(String locale) {
        scratch.shell("mkdir source; touch source/closed; chmod 0 source/closed");
        User.giveToUnprivileged(scratch.resolve("source"));

        Fcp.alone()
                .unprivileged()
                .with("LC_ALL", locale)
                .in(scratch)
                .runScript(
                        "fcp --stats=\"$(printf 'a\\303\\251\\377')\" --errors=\"$(printf 'b\\303\\251\\377')\" source copy")
                .assertCode(1)
                .assertOneComplaint("source/closed");

        scratch.shell("grep faults \"$(printf 'a\\303\\251\\377')\"; grep EACCES \"$(printf 'b\\303\\251\\377')\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void theCurrentDirectoryMayHaveAnyName(String locale) {
        scratch.shell("mkdir source; touch source/closed; chmod 0 source/closed;"
                + " mkdir -m 777 \"$(printf '\\303\\251\\377')\"");
        User.giveToUnprivileged(scratch.resolve("source"));

        Fcp.alone()
                .unprivileged()
                .with("LC_ALL", locale)
                .in(scratch)
                .runScript("cd \"$(printf '\\303\\251\\377')\"; fcp ../source copy")
                .assertCode(1)
                .assertOneComplaint("../source/closed");

        scratch.shell("cd \"$(printf '\\303\\251\\377')\"; test -d copy; grep EACCES fcp-errors-*");
    }

    @AloneAndUnderMpirun
    void pathsLongerThanTheKernelTakesAreCopied(int ranks) {
        scratch.shell("""
                mkdir source && cd source
                name=$(printf '%0250d' 0)
                for depth in $(seq 40); do
                  echo $depth > file-$depth
                  ln -s $depth link-$depth
                  mkdir $name
                  cd -P $name
                done
                """);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(Manifest.of(scratch.resolve("copy"))).hasSize(121).isEqualTo(Manifest.of(scratch.resolve("source")));
        String contents = "find %s -type f -execdir cat {} + | sort";
        assertThat(scratch.shell(contents.formatted("copy"))).isEqualTo(scratch.shell(contents.formatted("source")));
    }

    /** With so many directories that fcp needs one of its own, which is called .fcp, until it is done. */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({
        "1, echo data > .fcp",
        "4, echo data > .fcp",
        "1, mkdir .fcp",
        "4, mkdir .fcp",
        "1, mkdir -p .fcp/20260102-030405-6789 && echo data > .fcp/20260102-030405-6789/directories.0",
        "4, mkdir -p .fcp/20260102-030405-6789 && echo data > .fcp/20260102-030405-6789/directories.0",
        "1, ln -s ../outside .fcp",
        "4, ln -s ../outside .fcp",
    })
    void fcpsOwnNamesMayBeInTheSource(int ranks, String making) {
        scratch.shell(
                "mkdir outside source; cd source; seq -f 'directory-with-a-long-name-%0200.0f' 16000 | xargs mkdir; "
                        + making);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
        assertThat(scratch.resolve("outside")).isEmptyDirectory();
    }

    @AloneAndUnderMpirun
    void thousandsOfLevelsAreCopied(int ranks) {
        scratch.shell("""
                mkdir source && cd source
                levels=$(printf 'd/%.0s' $(seq 500))
                for part in $(seq 6); do mkdir -p $levels; cd -P $levels; done
                echo deep > file
                """);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(Manifest.of(scratch.resolve("copy")))
                .hasSize(3002)
                .isEqualTo(Manifest.of(scratch.resolve("source")));
    }
}

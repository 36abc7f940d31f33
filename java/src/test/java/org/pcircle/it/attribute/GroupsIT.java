package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** An ordinary user keeps every group that he belongs to, as with cp -a and rsync -a, and is told of the others. */
class GroupsIT {

    /** Of the user who copies, and none of his. */
    private static final String GROUPS = "2003,2004";

    private static final int STRANGERS = 2999;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void onlyRoot() {
        User.assumeRoot("can become a member of any group");
    }

    /** Entries of every type, which all belong to the user and to a group. */
    private void makeTree(int group) {
        scratch.shell("""
                mkdir -p source/shared/inner; cd source
                echo data | tee plain setuid setgid both > shared/file; head -c 3M /dev/zero > large; ln plain name; ln -s plain link
                mkfifo fifo; mkdir empty; chown -hR 65534:%d .
                chmod 0770 plain; chmod 4755 setuid; chmod 2755 setgid; chmod 6755 both; chmod 2640 large; chmod 2770 shared
                chmod 0770 shared/inner; chmod 3777 empty; chmod 660 fifo shared/file
                """.formatted(group));
    }

    private String copied(String tool) {
        return scratch.shell(String.join(" ", User.memberOf(GROUPS)) + " " + tool + " source " + "other");
    }

    private String seen(String tree) {
        return scratch.shell("cd " + tree
                + "; find . -type l -printf '%p %U:%G %l\\n' -or -printf '%p %U:%G %m %y %n %T@\\n' | sort");
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "1, -c", "1, -p", "3, ''", "3, -c -p"})
    void whatTheyBelongToIsKept(int ranks, String options) {
        makeTree(2003);
        scratch.shell("chgrp 2004 source/shared source/setgid; chmod 2770 source/shared; chmod 2755 source/setgid");
        copied("cp -a");

        Outcome copy = Fcp.withRanks(ranks)
                .memberOf(GROUPS)
                .in(scratch)
                .runScript("fcp --chunk-size=1M " + options + " source copy")
                .assertCode(0);

        assertThat(copy.err()).doesNotContain("ownership");
        assertThat(seen("copy")).isEqualTo(seen("source")).isEqualTo(seen("other"));
    }

    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, ''", "1, -c", "1, -p", "3, ''"})
    void whereOneIsRefusedTheModeIsThatOfCp(int ranks, String options) {
        makeTree(STRANGERS);
        copied("cp -a");

        Outcome copy = Fcp.withRanks(ranks)
                .memberOf(GROUPS)
                .in(scratch)
                .runScript("fcp --chunk-size=1M " + options + " source copy")
                .assertCode(0);

        assertThat(copy.err()).contains("warning: ownership could not be kept of 12 entries");
        assertThat(seen("copy")).isEqualTo(seen("other")).contains("./plain 65534:65534 770 f");
    }

    @Test
    void whoInsistsIsToldOfEach() {
        makeTree(2003);
        scratch.shell("chgrp -h 2999 source/plain source/link source/shared source/large");

        Outcome copy = Fcp.alone()
                .memberOf(GROUPS)
                .in(scratch)
                .run("--chunk-size=1M", "--preserve=ownership", "--errors=list", "source", "copy")
                .assertCode(1);

        List<String> told = new ArrayList<>();
        copy.err().lines().filter(line -> line.contains("keep ownership")).forEach(told::add);
        assertThat(told)
                .hasSize(4)
                .anyMatch(line -> line.contains("copy/name: keep ownership: Operation not permitted"))
                .anyMatch(line -> line.contains("copy/link:"))
                .anyMatch(line -> line.contains("copy/shared:"))
                .anyMatch(line -> line.contains("copy/large:"));
    }

    /** And says so again, but does not try. */
    @ParameterizedTest(name = "np {0}")
    @CsvSource({"1", "3"})
    void anUpdateLeavesAloneWhatCannotBeKept(int ranks) {
        makeTree(STRANGERS);
        Fcp.withRanks(ranks).memberOf(GROUPS).in(scratch).run("source", "copy").assertCode(0);
        String before =
                scratch.shell("cd copy; find . -type f -printf '%p %C@\\n'; find . -type l -printf '%p %C@\\n'");

        Outcome update = Fcp.withRanks(ranks)
                .memberOf(GROUPS)
                .in(scratch)
                .run("-u", "source", "copy")
                .assertCode(0);

        assertThat(update.err()).contains("warning: ownership could not be kept of 1");
        assertThat(scratch.shell("cd copy; find . -type f -printf '%p %C@\\n'; find . -type l -printf '%p %C@\\n'"))
                .isEqualTo(before);
    }

    @Test
    void anUpdateGivesTheGroupThatACopyLacks() {
        makeTree(2003);
        Fcp.alone().memberOf("2004").in(scratch).run("source", "copy").assertCode(0);
        assertThat(seen("copy")).isNotEqualTo(seen("source"));

        Fcp.alone().memberOf(GROUPS).in(scratch).run("-u", "source", "copy").assertCode(0);

        assertThat(seen("copy")).isEqualTo(seen("source"));
    }

    /**
     * What is made in it belongs to its group, so that of the others only setgid bits of strangers are lost, of which
     * chmod is silent.
     */
    @Test
    void aDirectoryThatHandsItsGroupOnGivesIt() {
        makeTree(STRANGERS);
        scratch.shell("mkdir into; chown 65534:2999 into; chmod 2777 into");

        Outcome copy = Fcp.alone()
                .memberOf(GROUPS)
                .in(scratch)
                .run("source", "into/copy")
                .assertCode(0);

        assertThat(copy.err()).doesNotContain("ownership").contains("warning: mode could not be kept of 5 entries");
        assertThat(seen("into/copy"))
                .isEqualTo(seen("source")
                        .replaceAll(" 2([67])", " $1")
                        .replaceAll(" 3777", " 1777")
                        .replaceAll(" 6755", " 4755"));
    }

    @Test
    void othersFilesKeepTheirGroupToo() {
        makeTree(2003);
        scratch.shell("chown -hR 1234 source; chmod 2770 source/shared; chmod o+r source/*; chmod o+rx source/shared");
        scratch.shell("chmod 6755 source/both");

        Outcome copy =
                Fcp.alone().memberOf(GROUPS).in(scratch).run("source", "copy").assertCode(0);

        assertThat(copy.err()).doesNotContain("ownership");
        assertThat(scratch.shell("cd copy; stat -c '%n %u:%g %a' both plain shared link"))
                .isEqualTo("both 65534:2003 2755\nplain 65534:2003 774\nshared 65534:2003 2775\nlink 65534:2003 777\n");
    }

    @Test
    void whoDoesNotWantThemHasHisOwn() {
        makeTree(2003);

        Outcome copy = Fcp.alone()
                .memberOf(GROUPS)
                .in(scratch)
                .run("--no-preserve=ownership", "source", "copy")
                .assertCode(0);

        assertThat(copy.err()).doesNotContain("ownership");
        assertThat(scratch.shell("find copy -group 2003")).isEmpty();
    }
}

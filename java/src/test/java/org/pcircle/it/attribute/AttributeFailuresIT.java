package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.FaultyFileSystem;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** An extended attribute that cannot be read or given costs that attribute, and nothing else of its entry. */
class AttributeFailuresIT {

    private static final String READING = ": read extended attributes: ";
    private static final String SETTING = ": set extended attributes: ";

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeTree() {
        User.assumeRoot("can set trusted attributes, also of links and FIFOs");
        scratch.shell("""
                mkdir -p source/directory copies; cd source
                echo small | tee small > fine; head -c 3M /dev/zero > large; ln -s small link; mkfifo fifo; echo in > directory/in
                for entry in small large link fifo directory fine; do
                  setfattr -hn trusted.one -v 1 $entry; setfattr -hn trusted.two -v 2 $entry
                done
                setfacl -m u:1001:r small large; chmod 750 directory; chmod 640 fine
                chown -h 1003:2003 *; touch -hd @1000 *
                """);
    }

    /** All but attributes of all entries. */
    private String seen(String tree) {
        return scratch.shell("cd " + tree
                + "; find . -mindepth 1 -type d -printf '%p %m %U:%G %T@\\n' -or -printf '%p %m %U:%G %T@ %s %l\\n' | sort;"
                + " find . -type f | sort | xargs sha1sum");
    }

    private String attributes(String... entries) {
        return scratch.shell("cd copies/copy; getfattr -hdm trusted " + String.join(" ", entries));
    }

    private FaultyFileSystem faulty(String tree, String operation, String error) {
        String[] faults = {"small", "large", "link", "fifo", "directory"};
        for (int i = 0; i < faults.length; i++) {
            faults[i] = operation + "," + error + "," + faults[i];
        }
        return FaultyFileSystem.mount(scratch.resolve("faulty"), scratch.resolve(tree), faults);
    }

    @ParameterizedTest(name = "np {0}, {1}, {2} {3}")
    @CsvSource({
        "1, -p, listxattr, EIO",
        "3, -p, listxattr, EIO",
        "1, -pc, getxattr, EACCES",
        "1, --preserve=xattr, getxattr, EIO",
        "3, -p --fsync, getxattr, EIO",
    })
    void whatCannotBeReadIsListedAndTheRestIsCopied(int ranks, String options, String operation, String error) {
        Outcome copy;
        try (FaultyFileSystem source = faulty("source", operation, error)) {
            copy = Fcp.withRanks(ranks)
                    .in(scratch)
                    .runScript("fcp -q --chunk-size=1M --errors=list " + options + " faulty copies/copy")
                    .assertCode(1);
        }

        String reason = READING + (error.equals("EIO") ? "Input/output error" : "Permission denied");
        assertThat(copy.err().lines().filter(line -> line.startsWith("fcp: faulty")))
                .containsExactlyInAnyOrder(
                        "fcp: faulty/small" + reason,
                        "fcp: faulty/large" + reason,
                        "fcp: faulty/link" + reason,
                        "fcp: faulty/fifo" + reason,
                        "fcp: faulty/directory" + reason);
        assertThat(seen("copies/copy")).isEqualTo(seen("source"));
        assertThat(attributes("small", "large", "link", "fifo", "directory")).isEmpty();
        assertThat(attributes("fine")).contains("trusted.one=\"1\"", "trusted.two=\"2\"");
    }

    @ParameterizedTest(name = "np {0}, {1}, {2}")
    @CsvSource({"1, -p, EIO", "3, -pc, EIO", "1, --preserve=xattr, EBUSY"})
    void whatCannotBeGivenIsListedAndTheRestIsCopied(int ranks, String options, String error) {
        Outcome copy;
        try (FaultyFileSystem target = faulty("copies", "setxattr", error)) {
            copy = Fcp.withRanks(ranks)
                    .in(scratch)
                    .runScript("fcp -q --chunk-size=1M --errors=list " + options + " source faulty/copy")
                    .assertCode(1);
        }

        for (String name : new String[] {"small", "link", "fifo", "directory"}) {
            assertThat(copy.err()).contains("faulty/copy/" + name + SETTING);
        }
        assertThat(seen("copies/copy")).isEqualTo(seen("source"));
        assertThat(attributes("small", "link", "fifo", "directory")).isEmpty();
        assertThat(attributes("fine")).contains("trusted.one=\"1\"", "trusted.two=\"2\"");
    }

    /** What the target has is left alone, as nobody can say what it should have. */
    @ParameterizedTest(name = "np {0}, {1} {2} of the {3}")
    @CsvSource({
        "1, listxattr, EIO, source",
        "3, listxattr, EIO, source",
        "1, getxattr, EIO, source",
        "1, listxattr, EIO, copies",
    })
    void anUpdateListsItToo(int ranks, String operation, String error, String where) {
        Fcp.alone().in(scratch).run("-p", "source", "copies/copy").assertCode(0);
        scratch.shell("chmod 600 copies/copy/small; chmod 700 copies/copy/directory");
        String inodes = scratch.shell("stat -c %i copies/copy/*");
        boolean ofSource = where.equals("source");

        Outcome update;
        try (FaultyFileSystem faulty = faulty(where, operation, error)) {
            update = Fcp.withRanks(ranks)
                    .in(scratch)
                    .run(
                            "-pu",
                            "--errors=list",
                            ofSource ? "faulty" : "source",
                            ofSource ? "copies/copy" : "faulty/copy")
                    .assertCode(1);
        }

        String shown = ofSource ? "faulty/" : "faulty/copy/";
        for (String name : new String[] {"small", "large", "link", "fifo", "directory"}) {
            assertThat(update.err()).contains(shown + name + (ofSource ? READING : SETTING));
        }
        assertThat(scratch.shell("stat -c %i copies/copy/*")).isEqualTo(inodes);
        assertThat(seen("copies/copy")).isEqualTo(seen("source"));
        assertThat(attributes("small", "link", "fifo", "directory", "large")).contains("trusted.one", "trusted.two");
    }

    /** ext4 has room for one block of attributes, and says ENOSPC where there is none. */
    @Test
    void anAttributeThatIsTooMuchForAFileDoesNotFillTheDestination() {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "ext4")) {
            scratch.shell("""
                    mkdir source/big; cd source/big; echo data | tee a b > c; head -c 3M /dev/zero > large; mkdir directory
                    for entry in b large directory; do
                      setfattr -n user.big -v $(head -c 5000 /dev/zero | tr '\\0' x) $entry; setfattr -n user.small -v 1 $entry
                    done; touch -d @1000 *
                    """);

            Outcome implied = Fcp.alone()
                    .in(scratch)
                    .run("-p", "--chunk-size=1M", "source/big", disk.path().resolve("implied"))
                    .assertCode(0);
            Outcome named = Fcp.alone()
                    .in(scratch)
                    .run(
                            "--preserve=xattr",
                            "--errors=list",
                            "--chunk-size=1M",
                            "source/big",
                            disk.path().resolve("named"))
                    .assertCode(1);

            assertThat(implied.err()).contains("warning: xattr could not be kept of 3 entries");
            assertThat(named.err())
                    .contains("named/b: keep extended attributes: No space left on device")
                    .contains("named/large: keep", "named/directory: keep");
            for (String copy : new String[] {"implied", "named"}) {
                scratch.assertSame("source/big", "disk/" + copy);
                assertThat(scratch.shell("getfattr -dm user disk/" + copy + "/[bld]*"))
                        .doesNotContain("user.big")
                        .containsPattern("(?s)(user.small.*){3}");
            }
        }
    }

    /** Attributes of users want that the owner may write. */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, -pu", "1, -p -u --no-preserve=mode", "3, -pu", "1, -p -f"})
    void attributesOfAUsersReadOnlyEntriesAreMended(int ranks, String options) {
        scratch.shell("""
                rm -r source; mkdir -p source/directory; cd source; echo data | tee read-only setgid > with-acl
                head -c 3M /dev/zero > large; for entry in *; do setfattr -n user.one -v 1 $entry; done
                setfacl -m u:1001:r with-acl; chown -R 65534:65534 .; chmod 0444 read-only large with-acl; chmod 2455 setgid
                chmod 0555 directory; cd ..; cp -a source copies/copy; chown 65534:65534 copies copies/copy; cd copies/copy
                setfattr -x user.one read-only; setfattr -n user.one -v other setgid; setfattr -n user.two -v 2 large
                setfattr -x user.one with-acl; setfattr -x user.one directory
                """);

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .runScript("fcp -q --chunk-size=1M " + options + " source copies/copy")
                .assertCode(0);

        String all =
                "; for entry in *; do stat -c '%n %a %u:%g %Y' $entry; getfattr -dm user $entry; getfacl -np $entry; done";
        assertThat(scratch.shell("cd copies/copy" + all)).isEqualTo(scratch.shell("cd source" + all));
    }
}

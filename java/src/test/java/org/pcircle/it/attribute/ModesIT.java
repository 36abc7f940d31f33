package org.pcircle.it.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Manifest;
import org.pcircle.it.support.PythonScript;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.User;

/** Modes are kept, setuid, setgid and sticky bits with them, whatever the umask; owners where it is root who copies. */
class ModesIT {

    private static final int MODES = 010000;
    private static final int OWNER_READS = 0400;
    private static final int OWNER_READS_AND_SEARCHES = 0500;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @CsvSource({"1, 077", "1, 000", "4, 077", "4, 000"})
    void rootKeepsEveryMode(int ranks, String umask) throws IOException {
        User.assumeRoot("can read files of every mode");
        makeEntryForEveryMode(0, 0);
        setModes();

        copy(Fcp.withRanks(ranks), umask);
    }

    @ParameterizedTest
    @CsvSource({"1, 077", "1, 000", "4, 077", "4, 000"})
    void ownersKeepEveryModeThatLetsThemRead(int ranks, String umask) throws IOException {
        makeEntryForEveryMode(OWNER_READS, OWNER_READS_AND_SEARCHES);
        User.giveToUnprivileged(scratch.resolve("source"));
        setModes();

        copy(Fcp.withRanks(ranks).unprivileged(), umask);
    }

    @Test
    void setIdBitsAreDroppedWhereTheOwnerCannotBeKept() {
        User.assumeRoot("has files that are somebody else's for others");
        scratch.shell(
                "mkdir source; cd source; touch 6755 4744 2554 1755; mkdir 2755 1777; for mode in *; do chmod $mode $mode; done");

        Fcp.alone().unprivileged().in(scratch).run("source", "copy").assertCode(0);

        assertThat(scratch.shell("cd copy; stat -c '%n %a' *").lines())
                .containsExactly("1755 1755", "1777 1777", "2554 554", "2755 755", "4744 744", "6755 755");
    }

    @AloneAndUnderMpirun
    void rootKeepsOwners(int ranks) {
        User.assumeRoot("can give files away");
        scratch.shell("""
                mkdir -p source/directory
                cd source
                echo data | tee file setuid > directory/file
                ln -s file link
                mkfifo fifo
                chown -h 1001:2001 file; chown 1002:2002 setuid; chown 1003:2003 directory; chown 0:2004 directory/file
                chown -h 1005:0 link; chown 1006:2006 fifo; chown 1007:2007 .
                chmod 6711 setuid; chmod 2570 directory
                """);

        Fcp.withRanks(ranks).in(scratch).run("source", "copy").assertCode(0);

        assertThat(Manifest.withOwners(scratch.resolve("copy")))
                .isEqualTo(Manifest.withOwners(scratch.resolve("source")));
    }

    private static final String MANY_MODES = """
            mkdir source; cd source
            for mode in 444 600 644 666 755 777 1777 2755 4755; do
              echo data > file-$mode; mkfifo fifo-$mode; mkdir directory-$mode; echo data > directory-$mode/file
              chmod 0604 directory-$mode/file; chmod $mode *-$mode
            done
            python3 -c "import socket; socket.socket(socket.AF_UNIX).bind('socket')"; chmod 777 socket
            head -c 3M /dev/zero > large; chmod 765 large; ln -s large link; ln file-755 name-755
            """;

    /** In two directories: an ordinary one, and one whose default ACL takes the umask's place. */
    @ParameterizedTest(name = "np {0}, umask {1}, {2}")
    @CsvSource({
        "1, 022, ''",
        "1, 077, -c",
        "1, 027, --preserve=xattr",
        "1, 027, --no-preserve=ownership",
        "3, 007, ''",
        "3, 022, -c",
    })
    void withoutModesNewEntriesGetWhatTheSystemGivesThem(int ranks, String umask, String options) {
        scratch.shell(MANY_MODES);
        scratch.shell("mkdir ours theirs ours/acl theirs/acl ours/group theirs/group; chmod 2777 */group");
        scratch.shell("setfacl -d -m u::rwx,g::r-x,u:1001:rwx,o::--- ours/acl theirs/acl");
        for (String place : List.of("/copy", "/acl/copy", "/group/copy")) {
            String fcp = "fcp -q --chunk-size=1M --no-preserve=mode " + options + " source ours" + place;
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .runScript("umask " + umask + "; " + fcp)
                    .assertCode(0);
            scratch.shell("umask " + umask + "; "
                    + String.join(" ", PythonScript.words("made.py", "source", "theirs" + place)));
        }
        assertThat(modesAndAcls("ours")).isEqualTo(modesAndAcls("theirs"));
    }

    @Test
    void withoutModesAUsersNewEntriesGetWhatTheSystemGivesThem() {
        scratch.shell(MANY_MODES + "chmod u+rx directory-*");
        User.giveToUnprivileged(scratch.resolve("source"));

        Fcp.alone()
                .unprivileged()
                .in(scratch)
                .runScript("umask 027; fcp -q --chunk-size=1M --no-preserve=mode source ours")
                .assertCode(0);

        scratch.shell("umask 027; " + String.join(" ", PythonScript.words("made.py", "source", "theirs")));
        assertThat(modesAndAcls("ours")).isEqualTo(modesAndAcls("theirs"));
    }

    private String modesAndAcls(String tree) {
        return scratch.shell(
                "cd " + tree + "; find . -not -type l -printf '%p %m\n' | sort; find . | sort | xargs getfacl -np"
                        + " | grep -v '^# '");
    }

    /**
     * Also when a file is replaced, unless by an entry of another type; a directory that its owner had to be let into,
     * too.
     */
    @ParameterizedTest(name = "np {0}, {1}")
    @CsvSource({"1, -f", "1, --update=differing", "1, -fc", "1, --update=differing -p", "3, -f", "3, --update=differing"
    })
    void withoutModesWhatExistsKeepsItsOwn(int ranks, String options) {
        scratch.shell("""
                mkdir -p source/directory source/closed; cd source
                echo data | tee old same link > new; head -c 3M /dev/zero > large; mkfifo fifo; echo in > closed/in
                chmod 777 *; cd ..; cp -a source copy; cd copy; rm new link; ln -s /etc/passwd link
                echo older data | tee old > large; chmod 4751 old; chmod 640 same; chmod 604 large; chmod 600 fifo
                chmod 3750 directory; chmod 510 closed; chmod 711 .
                """);
        User.giveToUnprivileged(scratch.resolve("source"));
        User.giveToUnprivileged(scratch.resolve("copy"));
        scratch.shell("chmod 4751 copy/old");

        Fcp.withRanks(ranks)
                .unprivileged()
                .in(scratch)
                .runScript("umask 022; fcp -q --chunk-size=1M --no-preserve=mode " + options + " source copy")
                .assertCode(0);

        assertThat(scratch.shell("cmp source/old copy/old; cd copy; stat -c '%n %a' . * closed/in")
                        .lines())
                .containsExactly(
                        ". 711",
                        "closed 510",
                        "directory 3750",
                        "fifo 600",
                        "large 604",
                        "link 755",
                        "new 755",
                        "old 751",
                        "same 640",
                        "closed/in 644");
    }

    /** With enough of them for a file on disk, and nested, so that their order matters, across ranks too. */
    @AloneAndUnderMpirun
    void directoriesThatTheirOwnerCannotEnterAreClosedLast(int ranks) {
        User.assumeRoot("has directories that others can read and their owner cannot");
        scratch.shell("""
                mkdir source; cd source
                for i in $(seq 40); do mkdir -p $i/a/b/c/d/e/f; touch $i/a/b/c/d/e/f/file; done
                mkdir many; cd many; seq -f 'directory-with-a-long-name-%0100.0f' 6000 | xargs mkdir; cd ..
                find . -mindepth 1 -depth -type d -exec chmod 0055 {} +
                """);

        Fcp.withRanks(ranks).unprivileged().in(scratch).run("source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    /**
     * A file for every mode that has the first bits, and a directory for every mode that has the second, with a file in
     * it.
     */
    private void makeEntryForEveryMode(int fileBits, int directoryBits) throws IOException {
        Path source = Files.createDirectory(scratch.resolve("source"));
        for (int mode = 0; mode < MODES; mode++) {
            if ((mode & fileBits) == fileBits) {
                Files.writeString(source.resolve("file-%04o".formatted(mode)), "file");
            }
            if ((mode & directoryBits) == directoryBits) {
                Path directory = Files.createDirectory(source.resolve("directory-%04o".formatted(mode)));
                Files.writeString(directory.resolve("file"), "file");
            }
        }
    }

    private void setModes() throws IOException {
        try (var entries = Files.list(scratch.resolve("source"))) {
            for (Path entry : entries.toList()) {
                String mode = entry.getFileName().toString().replaceAll(".*-", "");
                Files.setAttribute(entry, "unix:mode", Integer.parseInt(mode, 8));
            }
        }
    }

    private void copy(Fcp fcp, String umask) {
        fcp.in(scratch).runScript("umask " + umask + "; fcp source copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }
}

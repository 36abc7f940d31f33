package org.pcircle.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** A file for every mode that has the first bits, and a directory for every mode that has the second, with a file in it. */
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

package org.pcircle.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.MemoryFileSystem;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/** {@code fcp --doctor} finds what is wrong with a node, and leaves it as it was. */
class DoctorIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeEach
    void makeDirectories() {
        scratch.shell("mkdir source target");
    }

    @Test
    void aHealthyNodeIsToldOfAndLeftAsItIs() {
        Outcome outcome =
                Fcp.alone().in(scratch).run("--doctor", "source", "target").assertCode(0);

        assertThat(outcome.out())
                .contains(
                        "ok    Java ",
                        "ok    native library ",
                        "digests come out right, xxh64 by ",
                        " of memory available; a rank takes",
                        " files may be open in a process")
                .containsPattern("ok    source \\(\\w+\\): large files by \\w+; there is buffered")
                .contains("ok    source to target: large files by ", "ok    target: holes are kept")
                .doesNotContain("FAIL");
        assertThat(scratch.resolve("source")).isEmptyDirectory();
        assertThat(scratch.resolve("target")).isEmptyDirectory();
    }

    @Test
    void openMpiIsTried() {
        Fcp.assumeOpenMpi();

        assertThat(Fcp.alone().run("--doctor").assertCode(0).out()).containsPattern("ok    .*Open MPI.*two ranks ran");
    }

    @Test
    void everyRankChecksItsNode() {
        Outcome outcome =
                Fcp.underMpirun(2).in(scratch).run("--doctor", "target").assertCode(0);

        assertThat(outcome.out()).contains("rank 0 on ", "rank 1 on ");
        assertThat(outcome.out().lines().filter(line -> line.contains("target: holes are kept")))
                .hasSize(2);
    }

    @Test
    void aMissingDirectoryFails() {
        Outcome outcome = Fcp.alone().in(scratch).run("--doctor", "missing").assertCode(1);

        assertThat(outcome.out()).contains("FAIL  missing: open: No such file or directory");
    }

    @Test
    void fewDescriptorsFail() {
        Outcome outcome = Fcp.alone().runScript("ulimit -n 200; fcp --doctor").assertCode(1);

        assertThat(outcome.out()).contains("FAIL  200 files may be open in a process, 256 are needed");
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsNoted() {
        scratch.shell("chmod 555 source");

        Outcome outcome =
                Fcp.alone().unprivileged().in(scratch).run("--doctor", "source").assertCode(0);

        assertThat(outcome.out()).contains("note  source (").contains("no file can be made there");
    }

    @Test
    void aFullFileSystemFails() {
        try (MemoryFileSystem full = MemoryFileSystem.mount(scratch.resolve("full"), "size=64K")) {
            Outcome outcome = Fcp.alone().in(scratch).run("--doctor", "full").assertCode(1);

            assertThat(outcome.out()).contains("FAIL  full (tmpfs): ").contains("No space left on device");
            assertThat(full.path()).isEmptyDirectory();
        }
    }

    @Test
    void theVersionNamesAllParts() {
        String version = Fcp.alone().run("--version").assertCode(0).out();

        assertThat(version)
                .startsWith("fcp (pcircle) ")
                .contains("\nJava ", "\nOpen MPI: ", "\nnative: -std=", "\nlibattr: libattr.so.", "\nliblustreapi: ");
        if (Files.isDirectory(Path.of(Fcp.HOME.toString(), "lib/openmpi"))) {
            assertThat(version).contains("Java bindings /");
        }
    }
}

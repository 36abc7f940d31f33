package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Outcome;

/** Layouts of Lustre, which a library plays here as it was measured on a real one. */
class LustreIT {

    private static final int MIB = 1 << 20;

    private static LoopFileSystem disk;
    private static Path root;
    private static Lustre lustre;

    @BeforeAll
    static void mount(@TempDir Path folder) throws IOException {
        disk = LoopFileSystem.mount(folder.resolve("disk"), "ext4");
        root = Files.createDirectory(disk.path().resolve("lustre"));
        lustre = new Lustre(root);
        lustre.make(
                "source/", 3, MIB, "source/two", 2, MIB, "source/inner/", 5, 4 * MIB, "source/inner/four", 4, 4 * MIB);
        Command.shell("truncate -s 200M source/inner/four; echo data >> source/inner/four; ln source/two source/name")
                .in(root)
                .run()
                .assertCode(0);
    }

    @AfterAll
    static void unmount() {
        if (disk != null) {
            disk.close();
        }
    }

    @AloneAndUnderMpirun
    void layoutsAreKept(int ranks) {
        String target = "kept" + ranks;
        lustre.on(Fcp.withRanks(ranks))
                .in(root)
                .run("-p", "--chunk-size=16M", "source", target)
                .assertCode(0);
        assertThat(lustre.layout(target + "/two")).isEqualTo("2 x 1048576");
        assertThat(lustre.layout(target + "/inner/four")).isEqualTo("4 x 4194304");
        assertThat(lustre.layout(target)).isEqualTo("3 x 1048576");
        assertThat(lustre.layout(target + "/inner")).isEqualTo("5 x 4194304");
        assertSameData(root.resolve(target));
    }

    @Test
    void layoutsAreInheritedUnlessTheyAreToBeKept() {
        lustre.on(Fcp.alone()).in(root).run("source", "inherited").assertCode(0);
        assertThat(lustre.layout("inherited/two")).isEqualTo("1 x 1048576");
        lustre.make("striped/", 6, 2 * MIB);
        lustre.on(Fcp.alone())
                .in(root)
                .run("-fp", "--layout=inherit", "source", "striped")
                .assertCode(0);
        assertThat(lustre.layout("striped/two")).isEqualTo("6 x 2097152");
    }

    @Test
    void layoutsCanGoBySize() {
        lustre.on(Fcp.alone()).in(root).run("--layout=auto", "source", "sized").assertCode(0);
        assertThat(lustre.layout("sized/two")).isEqualTo("1 x 1048576");
        Command.shell("mkdir large && truncate -s 9G large/file").in(root).run().assertCode(0);
        lustre.on(Fcp.alone())
                .in(root)
                .run("--layout=auto", "large", "large-copy")
                .assertCode(0);
        assertThat(lustre.layout("large-copy/file")).isEqualTo("4 x 1048576");
    }

    @Test
    void aMergeBringsTheSourcesDefaults() {
        lustre.make("merged/", 7, 2 * MIB);
        lustre.on(Fcp.alone()).in(root).run("-fp", "source", "merged").assertCode(0);
        assertThat(lustre.layout("merged")).isEqualTo("3 x 1048576");
        assertThat(lustre.layout("merged/inner/four")).isEqualTo("4 x 4194304");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forbidden", "silent"})
    void whatLustreDoesNotGiveIsSaid(String trouble) {
        Outcome implied = lustre.withTrouble(Fcp.alone(), trouble).in(root).run("-p", "source", trouble);
        implied.assertCode(0);
        assertThat(implied.err()).contains("warning: layout could not be kept of 4 entries");
        assertSameData(root.resolve(trouble));

        Outcome named = lustre.withTrouble(Fcp.alone(), trouble)
                .in(root)
                .run("--preserve=layout", "--errors=" + trouble + ".jsonl", "source", trouble + "-named");
        named.assertCode(1);
        assertThat(named.err()).contains(trouble + "-named/two: keep layout: ");
        assertSameData(root.resolve(trouble + "-named"));
    }

    @Test
    void anotherFileSystemCannotHoldThem() throws IOException {
        Path plain = Files.createDirectory(disk.path().resolve("plain"));
        Outcome copied = lustre.on(Fcp.alone()).in(root).run("-p", "source", plain.resolve("copy"));
        copied.assertCode(0);
        assertThat(copied.err()).contains("warning: layout could not be kept of 2 entries");
        assertSameData(plain.resolve("copy"));
        Outcome attributes =
                Command.shell("getfattr -R -d -m - \"$1\"", plain.toString()).run();
        assertThat(attributes.out()).doesNotContain("lov");
    }

    @Test
    void contradictionsAreRefused() {
        Outcome refused = Fcp.alone().in(root).run("--preserve=layout", "--layout=auto", "source", "never");
        refused.assertCode(2);
        assertThat(refused.err()).contains("--preserve=layout and --layout=auto contradict each other");
        assertThat(root.resolve("never")).doesNotExist();
    }

    private static void assertSameData(Path copy) {
        Command.shell("diff -r --no-dereference source \"$1\"", copy.toString())
                .in(root)
                .run()
                .assertCode(0);
    }
}

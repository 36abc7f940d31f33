package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;

/** The ways to move data: each makes the same copy or says that it cannot, and holes become what was asked for. */
class CopyMethodsIT {

    /** Empty, small, to be copied whole and to be split; with data, with holes, and with zeros that are data. */
    private static final String FILES = """
            mkdir -p source/below && cd source
            : > empty
            echo text > small
            head -c 100001 /dev/urandom > below/whole
            head -c 60000001 /dev/urandom > split
            truncate -s 5M hole
            head -c 300000 /dev/zero > zeros
            head -c 40000000 /dev/zero > below/splitzeros
            head -c 65536 /dev/urandom | dd of=below/sparse bs=1M seek=50 status=none
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @CsvSource({
        "1, auto",
        "1, copy_file_range",
        "1, splice",
        "1, buffered",
        "2, auto",
        "2, splice",
    })
    void everyMethodMakesTheSameCopy(int ranks, String method) {
        scratch.shell(FILES);

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--io=" + method, "--chunk-size=1M", "source", "copy")
                .assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "reflink", "copy_file_range", "splice", "direct", "buffered"})
    void everyMethodMakesTheSameCopyOnDisks(String method) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "xfs")) {
            Command.shell(FILES).in(disk.path()).run().assertCode(0);

            Fcp.alone().in(disk.path()).run("--io=" + method, "source", "copy").assertCode(0);

            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("copy"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xfs", "btrfs"})
    void whereFilesCanShareTheirDataACopyTakesNoRoom(String type) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), type)) {
            Command.shell(
                            "mkdir source; head -c 300M /dev/urandom > source/large; head -c 1M source/large > source/other")
                    .in(disk.path())
                    .run()
                    .assertCode(0);
            long before = usedKib(disk.path());

            Fcp.alone().in(disk.path()).run("source", "copy").assertCode(0);

            assertThat(usedKib(disk.path()) - before).isLessThan(50_000);
            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("copy"));
        }
    }

    @AloneAndUnderMpirun
    void whatAForcedMethodCannotCopyIsListedAndLeavesNothingBehind(int ranks) throws Exception {
        scratch.shell(FILES);

        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--io=reflink", "--errors=errors", "source", "copy")
                .assertCode(1);

        assertThat(Files.readAllLines(scratch.resolve("errors")))
                .hasSize(7)
                .allSatisfy(line -> assertThat(line).contains("\"EOPNOTSUPP\"", "\"copy\""));
        assertThat(scratch.shell("cd copy && find . -mindepth 1 | sort")).isEqualTo("./below\n./empty\n");
    }

    @ParameterizedTest
    @CsvSource({"always, auto", "always, buffered", "never, auto", "never, splice", "never, buffered"})
    void holesBecomeWhatWasAskedFor(String sparse, String method) {
        scratch.shell(FILES);

        Fcp.alone()
                .in(scratch)
                .run("--sparse=" + sparse, "--io=" + method, "--chunk-size=1M", "source", "copy")
                .assertCode(0);

        scratch.assertSame("source", "copy");
        boolean filled = sparse.equals("never");
        for (String name : new String[] {"hole", "zeros", "below/splitzeros"}) {
            long bytes = scratch.resolve("source/" + name).toFile().length();
            long room = roomBytes("copy/" + name);
            assertThat(room).as(name).isEqualTo(filled ? (bytes + 4095) / 4096 * 4096 : 0);
        }
        assertThat(roomBytes("copy/below/sparse")).isEqualTo(filled ? (50 << 20) + 65536 : 65536);
        assertThat(roomBytes("copy/split")).isEqualTo(60_002_304);
    }

    @Test
    void holesCanBeMadeAndFilledPastThePageCache() {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), "ext4")) {
            Command.shell(FILES).in(disk.path()).run().assertCode(0);
            Fcp fcp = Fcp.alone().in(disk.path());

            fcp.run("--io=direct", "--sparse=always", "source", "dug").assertCode(0);
            fcp.run("--io=direct", "--sparse=never", "dug", "filled").assertCode(0);

            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("dug"));
            TreeComparison.assertSame(disk.path().resolve("source"), disk.path().resolve("filled"));
            String rooms = Command.shell("sync; stat -c %b dug/zeros; [ $(stat -c %b filled/hole) -ge 10240 ]")
                    .in(disk.path())
                    .run()
                    .assertCode(0)
                    .out();
            assertThat(rooms).isEqualTo("0\n");
        }
    }

    private long roomBytes(String name) {
        return 512 * Long.parseLong(scratch.shell("stat -c %b " + name).strip());
    }

    private static long usedKib(Path disk) {
        String used = Command.shell("sync -f .; df --output=used . | tail -n 1")
                .in(disk)
                .run()
                .assertCode(0)
                .out();
        return Long.parseLong(used.strip());
    }
}

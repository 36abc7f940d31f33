package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.AloneAndUnderMpirun;
import org.pcircle.it.support.FaultyFileSystem;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/**
 * Files whose status says another size than they have, as those of procfs, sysfs and some on FUSE, are read to their
 * end.
 */
class MisstatedSizesIT {

    private static final String TREE = """
            mkdir -p real/directory && cd real
            for size in 0 1 10K 500K 1M 1025K 3M 20M; do head -c $size /dev/urandom > directory/x-$size; done
            ln directory/x-10K directory/x-link-10K
            ln directory/x-3M directory/x-link-3M
            truncate -s 5M directory/x-hole
            echo right > right
            """;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    /** More than they say, less, and some of either. */
    @ParameterizedTest(name = "np {0}, {1}, {2}")
    @CsvSource({
        "1, unsized=*, --threads=2",
        "4, unsized=*, -cs --threads=1",
        "1, unsized=*, -s --io=buffered",
        "4, unsized=*, -c --chunk-size=1M",
        "1, unsized=*, --sparse=always",
        "1, 'sized=4096,x-*', -c",
        "1, 'sized=4096,x-*', --fsync",
        "4, 'sized=2000000,x-*', -s --chunk-size=64K",
        "1, 'sized=2000000,x-*', -cs",
        "4, 'sized=2000000,x-*', --chunk-size=64K",
        "1, 'sized=50000000,*', --threads=3",
        "4, 'sized=50000000,*', -cs",
    })
    void filesAreCopiedAsLongAsTheyAre(int ranks, String sizes, String options) {
        scratch.shell(TREE);
        String signature = signature(Fsum.alone(), "real");

        try (FaultyFileSystem source =
                FaultyFileSystem.mount(scratch.resolve("source"), scratch.resolve("real"), sizes)) {
            Outcome copied = Fcp.withRanks(ranks)
                    .in(scratch)
                    .runScript("fcp " + options + " source copy")
                    .assertCode(0);

            scratch.assertSame("real", "copy");
            if (options.matches("-c?s.*")) {
                assertThat(copied.out()).contains(signature);
            }
            assertThat(signature(Fsum.withRanks(ranks), "source")).isEqualTo(signature);
        }
    }

    @AloneAndUnderMpirun
    void filesAreUpdatedAsLongAsTheyAre(int ranks) {
        scratch.shell(TREE + "cd ..; cp -r real copy; echo old > copy/directory/x-3M");
        try (FaultyFileSystem source =
                FaultyFileSystem.mount(scratch.resolve("source"), scratch.resolve("real"), "unsized=*")) {
            Fcp.withRanks(ranks)
                    .in(scratch)
                    .run("-s", "--update=differing", "source", "copy")
                    .assertCode(0);

            scratch.assertSame("real", "copy");
        }
    }

    @Test
    void filesThatTheKernelMakesUpAreCopied() {
        Path symbols = Path.of("/proc/kallsyms");
        assumeTrue(Files.isReadable(symbols), "no symbols of the kernel here");
        scratch.shell("cp -r /proc/sys/net/core /proc/kallsyms /sys/kernel/fscaps .");

        for (String source : new String[] {"/proc/sys/net/core", "/proc/kallsyms", "/sys/kernel/fscaps"}) {
            Fcp.alone().in(scratch).run("-c", source, "copied").assertCode(0);

            scratch.shell("diff -r copied " + Path.of(source).getFileName() + "; rm -r copied");
        }
        assertThat(signature(Fsum.alone(), "/proc/kallsyms")).isEqualTo(signature(Fsum.alone(), "kallsyms"));
    }

    /** Without the paths. */
    private String signature(Fcp fsum, String path) {
        return fsum.in(scratch).run("-q", path).assertCode(0).out().split(" ")[0];
    }
}

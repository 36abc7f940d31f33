package org.pcircle.it.copy;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;

/** Listings wait while there is enough to do; however many do, they hold no descriptors meanwhile. */
class WaitingListingsIT {

    /**
     * Directories in directories, each too large for one look at it, and in that look after the way down enough to do,
     * so that from some depth on all are being listed at once. That is, where a directory keeps the order of creation.
     */
    private static final String NESTED = """
            mkdir source && cd source
            for level in $(seq 80); do
              seq -f '%0240.0f' 230 | xargs mkdir
              mkdir down
              seq -f 'x%0239.0f' 30 | xargs mkdir
              touch $(seq 20)
              cd down
            done
            """;

    /**
     * Enough for a JVM and its workers, and not for all these listings: on tmpfs, with the order reversed, some fail.
     */
    private static final int DESCRIPTORS = 50;

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @ParameterizedTest
    @ValueSource(strings = {"ext4 -O ^dir_index", "xfs", "btrfs"})
    void holdNoDescriptors(String type) {
        try (LoopFileSystem disk = LoopFileSystem.mount(scratch.resolve("disk"), type)) {
            Path source = disk.path().resolve("source");
            Command.shell(NESTED).in(disk.path()).run().assertCode(0);

            Fcp.alone()
                    .in(scratch)
                    .runScript("ulimit -n %d; fcp %s copy".formatted(DESCRIPTORS, source))
                    .assertCode(0);

            TreeComparison.assertSame(source, scratch.resolve("copy"));
        }
    }
}

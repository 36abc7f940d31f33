package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.pcircle.it.support.Fcp;

/** A moment at which a run is killed: a step of what it does with its own files, counted by the library fatal.so. */
final class Fatal {

    private static final Path LIBRARIES =
            Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake");

    private Fatal() {}

    /**
     * Writes down the steps of a rank, a line each.
     *
     * @param slowMicros what the creation of a file takes, and each MiB that is written
     */
    static Fcp noting(Fcp fcp, int slowMicros, int rank, Path log) {
        return preload(fcp, slowMicros, rank).with("PCIRCLE_FATAL_LOG", log.toString());
    }

    /** Kills a rank before one of its steps, counted from 1. */
    static Fcp at(Fcp fcp, int slowMicros, int rank, int step) {
        return preload(fcp, slowMicros, rank).with("PCIRCLE_FATAL_STEP", Integer.toString(step));
    }

    private static Fcp preload(Fcp fcp, int slowMicros, int rank) {
        Path fatal = LIBRARIES.resolve("fatal.so");
        assertThat(fatal).as("the build of the C tests makes it").isRegularFile();
        fcp.with("LD_PRELOAD", fatal + ":" + LIBRARIES.resolve("slow.so"))
                .with("PCIRCLE_SLOW_US", Integer.toString(slowMicros));
        return rank < 0 ? fcp : fcp.with("PCIRCLE_FATAL_RANK", Integer.toString(rank));
    }
}

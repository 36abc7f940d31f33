package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** A slow file system, played by the library slow.so between fcp and the C library. */
public final class Slow {

    private Slow() {}

    /** Makes each creation of a file take this long, and each MiB that is written. */
    public static Fcp writes(Fcp fcp, int micros) {
        return preload(fcp).with("PCIRCLE_SLOW_US", Integer.toString(micros));
    }

    /** Makes it take this long to change an entry's owner, mode, attributes, times or name, or to remove it. */
    public static Fcp changes(Fcp fcp, int micros) {
        return preload(fcp).with("PCIRCLE_SLOW_CHANGES_US", Integer.toString(micros));
    }

    /** Makes it take this long to open files of this name for reading. */
    public static Fcp opening(Fcp fcp, String name, int seconds) {
        return preload(fcp).with("PCIRCLE_SLOW_NAME", name + "," + seconds);
    }

    /** Makes one rank take this long, once, for the first file of this name that it opens for reading. */
    public static Fcp openingOnce(Fcp fcp, int rank, String name, int seconds) {
        return opening(fcp, name, seconds).with("PCIRCLE_SLOW_RANK", Integer.toString(rank));
    }

    private static Fcp preload(Fcp fcp) {
        Path library = Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake/slow.so");
        assertThat(library).as("the build of the C tests makes it").isRegularFile();
        return fcp.with("LD_PRELOAD", library.toString());
    }
}

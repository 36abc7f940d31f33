package org.pcircle.it.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.pcircle.it.support.Fcp;

/** A file system on which files cannot be locked, played by the library nolocks.so between fcp and the C library. */
final class NoLocks {

    private NoLocks() {}

    /**
     * Makes every attempt to lock a file fail.
     *
     * @param errno the number of the error
     */
    static Fcp failing(Fcp fcp, int errno) {
        Path library = Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake/nolocks.so");
        assertThat(library).as("the build of the C tests makes it").isRegularFile();
        return fcp.with("LD_PRELOAD", library.toString()).with("PCIRCLE_LOCK_ERRNO", Integer.toString(errno));
    }
}

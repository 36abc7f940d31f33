package org.pcircle.it.copy;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Scratch;
import org.pcircle.it.support.TreeComparison;
import org.pcircle.it.support.User;

/** Trees as every machine has them: links of all sorts, odd names, large libraries, thousands of directories. */
class RealTreeIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    @BeforeAll
    static void allOfThemMustBeReadable() {
        User.assumeRoot("can read everything there, and keep setuid programs");
    }

    @Test
    void fourRanksCopyUsrShare() {
        Path source = Path.of("/usr/share");
        Path copy = scratch.resolve("share");

        Fcp.underMpirun(4).in(scratch).run(source, copy).assertCode(0);

        TreeComparison.assertSame(source, copy);
    }

    @Test
    void oneProcessCopiesUsrLib() {
        Path source = Path.of("/usr/lib");
        Path copy = scratch.resolve("lib");

        Fcp.alone().in(scratch).run(source, copy).assertCode(0);

        TreeComparison.assertSame(source, copy);
    }
}

package org.pcircle.it;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small trees of all shapes, where five ranks mostly have next to nothing to do: the end must be found every time. */
class ManyRunsIT {

    @AutoClose
    private final Scratch scratch = Scratch.create();

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "tree {0}")
    @MethodSource("seeds")
    void fiveRanksEndCleanly(long seed) throws IOException {
        new SampleTree(seed).anyTree(scratch.resolve("source"));

        Fcp.underMpirun(5).in(scratch).run("source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }
}

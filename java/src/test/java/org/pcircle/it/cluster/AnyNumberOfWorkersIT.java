package org.pcircle.it.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;

/** However many ranks and threads share a tree out, its copy is the same. */
class AnyNumberOfWorkersIT {

    private static final long LARGE_FILE_BYTES = 3L << 30;
    private static final long DATA_EVERY_BYTES = 4 << 20;
    private static final int SMALL_FILE_BYTES_MAX = 8 * 1024;

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @ParameterizedTest(name = "np {0}, --threads {1}")
    @CsvSource({"1,1", "1,2", "1,4", "2,1", "2,2", "2,4", "3,1", "3,2", "3,4", "5,1", "5,2", "5,4"})
    @interface RanksAndThreads {}

    @AutoClose
    private static final Scratch scratch = Scratch.create();

    @BeforeAll
    static void makeTrees() {
        SampleTree sample = new SampleTree(1);
        scratch.shell("mkdir large");
        sample.fileWithHoles(scratch.resolve("large/file"), LARGE_FILE_BYTES, DATA_EVERY_BYTES);

        sample.directoryOfFiles(scratch.resolve("small/many"), 36_000, SMALL_FILE_BYTES_MAX);
        for (int i = 0; i < 640; i++) {
            sample.directoryOfFiles(
                    scratch.resolve("small/" + i % 8 + "/" + i % 64 + "/" + i), 100, SMALL_FILE_BYTES_MAX);
        }
    }

    @RanksAndThreads
    void copyAFileOf3Gibibytes(int ranks, int threads) {
        assertCopied("large", ranks, threads);
    }

    @RanksAndThreads
    void copy100000SmallFiles(int ranks, int threads) {
        assertCopied("small", ranks, threads);
    }

    private static void assertCopied(String source, int ranks, int threads) {
        Fcp.withRanks(ranks)
                .in(scratch)
                .run("--threads", threads, source, "copy")
                .assertCode(0);

        scratch.assertSame(source, "copy");
        scratch.delete("copy");
    }
}

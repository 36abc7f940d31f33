package org.pcircle.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Scratch;

/**
 * Small trees of all shapes, where many ranks mostly have next to nothing to do: the end must be found every time.
 * Tests make a few such runs; {@code benchmarks/soak} makes as many as it is told to, and can repeat any of them.
 */
class ManyRunsIT {

    private static final int RUNS = Integer.getInteger("soak.runs", 5);
    private static final long FIRST_SEED = Long.getLong("soak.seed", 0);
    private static final int THREADS_MAX = 4;
    private static final List<String> CHUNK_SIZES = List.of("64K", "300K", "1M", "7M");

    @AutoClose
    private final Scratch scratch = Scratch.create();

    static LongStream seeds() {
        return LongStream.range(FIRST_SEED, FIRST_SEED + RUNS);
    }

    static LongStream seedsOfTwenty() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest(name = "tree {0}")
    @MethodSource("seedsOfTwenty")
    void fiveRanksEndCleanly(long seed) throws IOException {
        new SampleTree(seed).anyTree(scratch.resolve("source"));

        Fcp.underMpirun(5).in(scratch).run("source", "copy").assertCode(0);

        scratch.assertSame("source", "copy");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sixteenRanksEndCleanly(long seed) throws IOException {
        new SampleTree(seed).anyTree(scratch.resolve("source"));
        List<Object> words = options(new SplittableRandom(seed));
        words.addAll(List.of("source", "copy"));

        Outcome outcome = Fcp.underMpirun(16).in(scratch).run(words.toArray()).assertCode(0);

        assertThat(outcome.complaints()).as(outcome.toString()).isEmpty();
        scratch.assertSame("source", "copy");
        System.out.printf("seed %d, %s: %s", seed, words, outcome.out());
    }

    private static List<Object> options(SplittableRandom random) {
        List<Object> words = new ArrayList<>(List.of("--progress=none"));
        words.add("--threads=" + (1 + random.nextInt(THREADS_MAX)));
        if (random.nextBoolean()) {
            words.add("--chunk-size=" + CHUNK_SIZES.get(random.nextInt(CHUNK_SIZES.size())));
        }
        return words;
    }
}

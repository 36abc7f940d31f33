package org.pcircle.it.fsum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.it.support.Fsum;
import org.pcircle.it.support.Outcome;
import org.pcircle.it.support.Scratch;

/** {@code fsum --check} names exactly what changed: random trees, to which several things happen at once. */
class FsumCheckIT {

    private static final int TREES = Integer.getInteger("check.trees", 6);
    private static final int CHANGES_MAX = 12;
    private static final String[] CHUNK_SIZES = {"64K", "1M", "3M", "1G"};

    @AutoClose
    private final Scratch scratch = Scratch.create();

    static LongStream seeds() {
        return LongStream.range(0, TREES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itSaysWhatWasDoneAndNothingElse(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ModelTree tree = new ModelTree(seed);
        Map<String, ModelTree.Node> before = tree.now();
        tree.writeTo(scratch.resolve("tree"));
        boolean knowsBytes = seed % 3 != 2;
        fsum(
                        random,
                        "--manifest=manifest --digest=" + (seed % 2 == 0 ? "xxh64" : "sha256")
                                + (knowsBytes ? " --export-block-signatures" : ""))
                .assertCode(0);
        assertThat(fsum(random, "--check=manifest").assertCode(0).out()).isEqualTo("tree: matches manifest\n");

        List<String> done = new ArrayList<>();
        for (int i = random.nextInt(CHANGES_MAX); i >= 0; i--) {
            done.add(tree.change());
        }
        scratch.delete("tree");
        tree.writeTo(scratch.resolve("tree"));

        List<String> expected = new ArrayList<>(tree.differencesFrom(before));
        expected.removeIf(line -> !knowsBytes && line.contains(": bytes "));
        Outcome outcome = fsum(random, "--check=manifest");
        List<String> said = outcome.out().lines().toList();
        assertThat(said.subList(0, said.size() - 1)).as("after %s", done).isEqualTo(expected);
        outcome.assertCode(expected.isEmpty() ? 0 : 3);
        assertThat(said.get(said.size() - 1)).isEqualTo(verdict(expected));
    }

    private static String verdict(List<String> differences) {
        if (differences.isEmpty()) {
            return "tree: matches manifest";
        }
        long changed = differences.stream()
                .filter(line -> line.startsWith("changed ") && !line.contains(": bytes "))
                .count();
        long missing =
                differences.stream().filter(line -> line.startsWith("missing ")).count();
        long extra =
                differences.stream().filter(line -> line.startsWith("extra ")).count();
        return "tree: differs from manifest: %d changed, %d missing, %d extra".formatted(changed, missing, extra);
    }

    private Outcome fsum(SplittableRandom random, String options) {
        String chunk = CHUNK_SIZES[random.nextInt(CHUNK_SIZES.length)];
        return Fsum.withRanks(1 + random.nextInt(3))
                .in(scratch)
                .runScript("fsum -q --chunk-size=" + chunk + " " + options + " tree");
    }
}

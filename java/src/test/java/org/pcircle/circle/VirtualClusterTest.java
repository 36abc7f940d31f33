package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The circle in simulation. {@code -Dpcircle.seed=N} runs one cluster alone, {@code -Dpcircle.clusters=N} that many, from
 * {@code -Dpcircle.seedFrom=N} on.
 */
class VirtualClusterTest {

    private static final int CLUSTERS = 20_000;

    @Test
    void everyClusterDoesAllWorkOnceAndEnds() {
        Long seed = Long.getLong("pcircle.seed");
        if (seed != null) {
            run(seed);
            return;
        }
        long from = Long.getLong("pcircle.seedFrom", 1);
        long clusters = Long.getLong("pcircle.clusters", CLUSTERS);
        for (long i = from; i < from + clusters; i++) {
            run(i);
        }
    }

    @Test
    void theSameSeedIsTheSameRun() {
        VirtualCluster first = new VirtualCluster(ClusterOptions.small(42));
        VirtualCluster second = new VirtualCluster(ClusterOptions.small(42));
        first.run();
        second.run();
        assertThat(second.events()).isEqualTo(first.events());
        assertThat(second.messages()).isEqualTo(first.messages());
    }

    @Test
    void aClusterOfAThousandRanksSharesItsWork() {
        ClusterOptions options = new ClusterOptions(7, 1000, 1, 20_000, 1, 20_000, 2_000_000, 1, 5, -1);
        VirtualCluster cluster = new VirtualCluster(options);
        cluster.run();
        assertThat(cluster.messages()).isLessThan(20L * (options.items() + options.ranks()));
    }

    @Test
    void aLostMessageIsCaught() {
        int caught = 0;
        for (long seed = 1; seed <= 200; seed++) {
            SplittableRandom dice = new SplittableRandom(seed);
            int doomed = dice.nextInt(10);
            int[] sent = {0};
            VirtualCluster cluster =
                    new VirtualCluster(ClusterOptions.small(seed), (from, to, message) -> sent[0]++ == doomed);
            assertThatThrownBy(cluster::run).isInstanceOf(AssertionError.class);
            caught++;
        }
        assertThat(caught).isEqualTo(200);
    }

    private static void run(long seed) {
        ClusterOptions options = ClusterOptions.small(seed);
        try {
            new VirtualCluster(options).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + options
                            + "\nrun it alone: mvn -pl native,java test -Dtest=VirtualClusterTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dpcircle.seed=" + seed,
                    e);
        }
    }
}

package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.VirtualCluster.Figures;
import org.pcircle.circle.VirtualCluster.Mistake;
import org.pcircle.circle.VirtualCluster.Network;

/**
 * The circle in simulation. {@code -Dpcircle.cluster=OPTIONS} runs one cluster alone, {@code -Dpcircle.clusters=N} that
 * many, from {@code -Dpcircle.seedFrom=N} on.
 */
class VirtualClusterTest {

    private static final int CLUSTERS = 20_000;
    private static final int PLANTED = 200;
    private static final int PLANTED_IN_EPOCHS = 1000;

    @Test
    void everyClusterDoesAllWorkOnceAndEnds() {
        String alone = System.getProperty("pcircle.cluster");
        if (alone != null) {
            new Attempts(ClusterOptions.parse(alone)).run();
            return;
        }
        long from = Long.getLong("pcircle.seedFrom", 1);
        long clusters = Long.getLong("pcircle.clusters", CLUSTERS);
        System.out.println(clusters + " clusters from seed " + from);
        long epochs = 0;
        List<Loss.Step> losses = new ArrayList<>();
        for (long seed = from; seed < from + clusters; seed++) {
            Attempts attempts = run(seed);
            epochs += attempts.epochsCommitted();
            losses.addAll(attempts.losses());
        }
        System.out.println(epochs + " epochs committed, all ranks lost " + losses.size() + " times");
        assertThat(losses).as("all ranks are lost at each step").containsAll(EnumSet.allOf(Loss.Step.class));
    }

    @Test
    void aFailureIsShrunkToASmallClusterThatCanBeRunAlone() {
        Predicate<ClusterOptions> losesGrants = options ->
                fails(options, (from, to, message) -> message instanceof Message.Grant ? List.of() : List.of(message));
        ClusterOptions options = ClusterOptions.small(7).with("items", 30);
        ClusterOptions smallest = Shrinking.smallest(options, losesGrants);
        assertThat(smallest.toString()).contains(" ranks=2, ranksPerHost=1, workers=1, shape=DEEP_CHAIN, items=3,");
        ClusterOptions replayed = ClusterOptions.parse(smallest.toString());
        assertThat(replayed).isEqualTo(smallest);
        assertThat(losesGrants).accepts(replayed);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        Figures first = new VirtualCluster(ClusterOptions.small(42)).run();
        Figures second = new VirtualCluster(ClusterOptions.small(42)).run();
        assertThat(second.events).isEqualTo(first.events);
        assertThat(second.endNs).isEqualTo(first.endNs);
        assertThat(second.messages).isEqualTo(first.messages);
    }

    /**
     * Both ends of a grant may try two victims more, and ask one more lifeline each: so at most eleven messages a
     * grant.
     */
    @Test
    void requestsAreBoundedByGrants() {
        for (long seed = 1; seed <= 1000; seed++) {
            Figures figures = new VirtualCluster(ClusterOptions.small(seed)).run();
            long requestsMax = 2L * (Lifelines.RANDOM_ATTEMPTS_MAX + 1) * figures.grants;
            assertThat(figures.requests).as("seed %d", seed).isLessThanOrEqualTo(requestsMax);
        }
    }

    @Test
    void aThousandRanksAreKeptBusyByAFewMessages() {
        ClusterOptions options = ClusterOptions.large(7, 1024, 100, 1_000_000);
        Figures figures = new VirtualCluster(options).run();
        assertThat(figures.efficiency()).isGreaterThan(0.85);
        assertThat(figures.messages).isLessThan(6L * options.items());
    }

    @Test
    void lifelinesNeedFewRequestsWherePlainStealingNeedsMany() {
        ClusterOptions options = ClusterOptions.large(7, 256, 50, 0);
        Figures quiet = new VirtualCluster(options).run();
        Figures plain = new VirtualCluster(
                        options, (rank, ofHost) -> new PlainStealing(rank, options.ranks(), options.seed()))
                .run();
        assertThat(plain.requests).isGreaterThan(20 * quiet.requests);
    }

    @Test
    void aSystemCallThatHangsAtOneRankHoldsUpNobodyElse() {
        long hangNs = 30_000_000_000L;
        long pollNsMax = 1_000_000;
        int ranks = 64;
        int levels = 2;
        ClusterOptions healthy = ClusterOptions.large(7, ranks, 100, pollNsMax);
        Figures undisturbed = new VirtualCluster(healthy).run();
        Figures figures = new VirtualCluster(ClusterOptions.large(7, ranks, 100, pollNsMax, hangNs)).run();
        long hopNs = pollNsMax + healthy.latencyNsMax();
        assertThat(figures.lastItemNs).isGreaterThan(hangNs);
        assertThat(figures.lastButOneItemNs)
                .as("the others do all other work, what the hanging rank held among it")
                .isLessThan(undisturbed.lastItemNs * 11L / 10);
        assertThat(figures.lastButOneKnownNs)
                .as("the root hears of it meanwhile")
                .isBetween(
                        figures.lastButOneItemNs,
                        figures.lastButOneItemNs + (long) levels * (VirtualCluster.TICK_NS + hopNs));
        assertThat(figures.detectionNs())
                .as("the wave comes up, another goes down and up")
                .isLessThan(3L * levels * hopNs);
    }

    @Test
    void aLostMessageIsCaught() {
        for (long seed = 1; seed <= PLANTED; seed++) {
            int doomed = new SplittableRandom(seed).nextInt(10);
            int[] sent = {0};
            assertCaught(
                    seed,
                    (from, to, message) ->
                            isSignificant(message) && sent[0]++ == doomed ? List.of() : List.of(message));
        }
    }

    @Test
    void aGrantThatIsDeliveredTwiceIsCaught() {
        int caught = 0;
        for (long seed = 1; seed <= PLANTED; seed++) {
            boolean[] planted = {false};
            VirtualCluster cluster = new VirtualCluster(ClusterOptions.small(seed), (from, to, message) -> {
                boolean plant = message instanceof Message.Grant && !planted[0];
                planted[0] |= plant;
                return plant ? List.of(message, message) : List.of(message);
            });
            try {
                cluster.run();
                assertThat(planted[0]).as("seed %d goes unpunished", seed).isFalse();
            } catch (AssertionError e) {
                caught++;
            }
        }
        assertThat(caught).isGreaterThan(PLANTED / 2);
    }

    @Test
    void aMiscountedStealIsCaught() {
        for (long seed = 1; seed <= PLANTED; seed++) {
            assertCaught(
                    seed,
                    (from, to, message) -> message instanceof Message.Count count && from == 1
                            ? List.of(new Message.Count(count.wave(), count.sent() + 1, count.received()))
                            : List.of(message));
        }
    }

    @Test
    void aWaveClosedEarlyIsCaught() {
        int caught = 0;
        for (long seed = 1; seed <= PLANTED; seed++) {
            try {
                new VirtualCluster(ClusterOptions.small(seed).with("epochNs", 0), new EagerChild()).run();
            } catch (AssertionError | IllegalStateException e) {
                caught++;
            }
        }
        // The others are clusters in which the child was idle anyway.
        assertThat(caught).isGreaterThan(PLANTED / 4);
    }

    /**
     * Rank 1 answers each wave at once as if it were idle, with the counts that make the sums balance, and not again.
     */
    private static final class EagerChild implements Network {

        @Override
        public List<Message> deliver(int from, int to, Message message) {
            if (message instanceof Message.Count count && from != 0 && to == 0) {
                return List.of(new Message.Count(count.wave(), 0, 0));
            }
            return List.of(message);
        }
    }

    @Test
    void aRankThatGoesOnBeforeAllHaveTakenTheirSnapshotIsCaught() {
        assertSomeCaught(Mistake.NONE, EarlyResume::new);
    }

    @Test
    void aResultThatCountsWhileItsRankIsPausedIsCaught() {
        assertSomeCaught(Mistake.APPLIES_WHILE_PAUSED, () -> Network.SOUND);
    }

    @Test
    void aSnapshotWithoutWhatRunsIsCaught() {
        assertSomeCaught(Mistake.LEAVES_OUT_WHAT_RUNS, () -> Network.SOUND);
    }

    @Test
    void anEpochThatIsCommittedThoughAFileIsMissingIsCaught() {
        assertSomeCaught(Mistake.COMMITS_ANYWAY, () -> Network.SOUND);
    }

    @Test
    void aFileThatIsDeletedBeforeTheNextEpochIsCommittedIsCaught() {
        assertSomeCaught(Mistake.FORGETS_EARLY, () -> Network.SOUND);
    }

    /** Each rank that has no children goes on as soon as it has taken its own snapshot. */
    private static final class EarlyResume implements Network {

        @Override
        public List<Message> deliver(int from, int to, Message message) {
            if (to <= 1) {
                return List.of(message);
            }
            if (message instanceof Message.Resume) {
                return List.of();
            }
            return message instanceof Message.Snapshot snapshot
                    ? List.of(message, new Message.Resume(snapshot.epoch()))
                    : List.of(message);
        }
    }

    private static void assertSomeCaught(Mistake mistake, Supplier<Network> network) {
        int caught = 0;
        for (long seed = 1; seed <= PLANTED_IN_EPOCHS; seed++) {
            try {
                new Attempts(ClusterOptions.small(seed), network.get(), mistake).run();
            } catch (AssertionError e) {
                caught++;
            }
        }
        // The others are clusters that have no epoch, or nothing to lose in one.
        assertThat(caught).isPositive();
    }

    /** A Reduce is followed by others; a stop may come when there is nothing left to stop. */
    private static boolean isSignificant(Message message) {
        return !(message instanceof Message.Reduce) && !(message instanceof Message.Stop);
    }

    private static void assertCaught(long seed, Network network) {
        VirtualCluster cluster = new VirtualCluster(ClusterOptions.small(seed), network);
        assertThatThrownBy(cluster::run)
                .as("seed %d", seed)
                .isInstanceOfAny(AssertionError.class, IllegalStateException.class);
    }

    private static Attempts run(long seed) {
        ClusterOptions options = ClusterOptions.small(seed);
        try {
            Attempts attempts = new Attempts(options);
            attempts.run();
            return attempts;
        } catch (AssertionError | RuntimeException e) {
            ClusterOptions smallest = Shrinking.smallest(options, simpler -> fails(simpler, Network.SOUND));
            throw new AssertionError(
                    e.getMessage() + "\n" + options + "\nthe simplest that fails: mvn -pl native,java test"
                            + " -Dtest=VirtualClusterTest -Dsurefire.failIfNoSpecifiedTests=false '-Dpcircle.cluster="
                            + smallest + "'",
                    e);
        }
    }

    private static boolean fails(ClusterOptions options, Network network) {
        try {
            new Attempts(options, network, Mistake.NONE).run();
            return false;
        } catch (AssertionError | RuntimeException e) {
            return true;
        }
    }
}

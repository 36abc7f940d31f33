package org.pcircle.circle;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pcircle.circle.VirtualCluster.Mistake;
import org.pcircle.circle.VirtualCluster.Network;

/**
 * A simulated run to its end, whatever comes: when all ranks are lost, or the run was stopped, another cluster of any
 * size goes on from the last epoch that was committed, or from the beginning if there is none. What was done is carried
 * over, so that in the end each number counts once, no matter how often it was done.
 */
final class Attempts {

    private static final int RANKS_MAX = 16;

    private final ClusterOptions options;
    private final Network network;
    private final Mistake mistake;
    private final SimulatedFiles files = new SimulatedFiles();
    private final List<Loss.Step> losses = new ArrayList<>();
    private int epochsCommitted;

    Attempts(ClusterOptions options) {
        this(options, Network.SOUND, Mistake.NONE);
    }

    Attempts(ClusterOptions options, Network network, Mistake mistake) {
        this.options = options;
        this.network = network;
        this.mistake = mistake;
    }

    /** Runs to the end; throws an AssertionError if something is wrong. */
    void run() {
        SplittableRandom random = new SplittableRandom(options.seed() + 3);
        ClusterOptions place = options;
        int lossesLeft = options.losses();
        while (true) {
            SimulatedWork work = new SimulatedWork(options, place.ranks(), files);
            long nsMax = 1 + options.items() * options.itemNsMax() / place.ranks();
            Loss loss = lossesLeft > 0 ? Loss.some(random, nsMax) : Loss.NEVER;
            VirtualCluster cluster = new VirtualCluster(place, network, mistake, work, loss);
            epochsCommitted += cluster.run().epochsCommitted;
            if (!cluster.isToBeResumed()) {
                return;
            }
            if (cluster.isLost()) {
                losses.add(loss.step());
                lossesLeft--;
            }
            place = options.with("ranks", 1 + random.nextInt(RANKS_MAX))
                    .with("stopAtNs", -1)
                    .with("seed", random.nextLong(Long.MAX_VALUE / 2));
        }
    }

    /** Epochs that were committed in all attempts. */
    int epochsCommitted() {
        return epochsCommitted;
    }

    /** Where all ranks died, once for each time. */
    List<Loss.Step> losses() {
        return losses;
    }
}

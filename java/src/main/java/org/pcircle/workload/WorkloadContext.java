package org.pcircle.workload;

import java.util.function.Consumer;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.work.checkpoint.SnapshotStore;

/**
 * The context of a rank's workload: its place among the ranks, and the receivers of what is reported to it.
 *
 * @param ranksOfHost the ranks on its host, itself among them, ascending; must not be modified
 * @param stealing the rank's own counts
 * @param faults receives all faults of the run, at rank 0
 * @param shares receives the share of each rank, at rank 0
 * @param snapshots of this rank
 */
public record WorkloadContext(
        Tree tree,
        int[] ranksOfHost,
        String host,
        StealCounts stealing,
        Consumer<Fault> faults,
        Consumer<RankShare> shares,
        SnapshotStore snapshots) {}

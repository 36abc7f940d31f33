package org.pcircle.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Entry;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.plan.SumPlan;
import org.pcircle.work.Samples;
import org.pcircle.work.checkpoint.RemoveRunFiles;
import org.pcircle.work.checkpoint.SnapshotStore;

class SumWorkloadTest {

    private static final int TIDYING = 4;

    /** It would write a manifest without entries, or miss them all. */
    @ParameterizedTest
    @EnumSource
    void aRunThatNeedsTheRecordsOfEntriesIsNotGoneOnWithWithoutThem(ManifestDetail detail) {
        assertThat(workload(detail).begin(TIDYING).items())
                .singleElement()
                .isInstanceOfSatisfying(
                        RemoveRunFiles.class,
                        remove -> assertThat(remove.all() != null).isEqualTo(detail == ManifestDetail.NONE));
    }

    private static SumWorkload workload(ManifestDetail detail) {
        Place source = new Place(new byte[] {'.'}, "source".getBytes(StandardCharsets.UTF_8));
        Plan plan = new Plan(
                "id",
                ".fcp.id",
                List.of(new Root(source, source, Samples.record("source", Entry.DIRECTORY, 0))),
                Selection.ALL,
                new SumPlan(Algorithm.XXH64, false, detail),
                RunOptions.of(1));
        WorkloadContext context = new WorkloadContext(
                new Tree(0, 1), new int[] {0}, "here", new StealCounts(), fault -> {}, share -> {}, SnapshotStore.NONE);
        return new SumWorkload(plan, context, null);
    }
}

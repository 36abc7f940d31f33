package org.pcircle.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.IntegrityOptions;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.Ack;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Samples;
import org.pcircle.work.change.AwaitOutput;
import org.pcircle.work.change.ChangeOutput;
import org.pcircle.work.change.OutputTaken;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.checkpoint.SnapshotStore;
import org.pcircle.work.spool.BlockWritten;
import org.pcircle.work.spool.UnwrittenBlocks;

class CopyWorkloadTest {

    private static final int COPY = 2;
    private static final int DELETIONS = 6;

    private final CopyWorkload workload = workload(1, SnapshotStore.NONE);

    @Test
    void aRankThatFindsMoreThanRankZeroTakesInIsThrottled() {
        assertThat(failAnEntry()).isInstanceOf(FaultsFound.class);
        failAnEntry();
        assertThat(workload.isThrottled(COPY, false)).isFalse();
        failAnEntry();
        assertThat(workload.isThrottled(COPY, false)).isTrue();

        workload.receive(0, new Ack());

        assertThat(workload.isThrottled(COPY, false)).isFalse();
    }

    @Test
    void whatIsTakenInIsSaidToBe() {
        Effects effects = workload.receive(3, new ChangeOutput(new byte[0]));

        assertThat(effects.notices()).containsExactly(new Notice.Addressed(3, new Ack()));
    }

    /** A worker of rank 0 waits for the reader, and everybody who has something to print for that. */
    @Test
    void whatIsPrintedSlowlyIsAcknowledgedWhenTheReaderHasCaughtUp() {
        boolean[] isBehind = {true};
        CopyWorkload slow = workload(0, SnapshotStore.NONE, new ChangeOutput.Printer() {
            @Override
            public void print(byte[] lines) {}

            @Override
            public boolean isBehind() {
                return isBehind[0];
            }
        });

        Effects first = slow.receive(3, new ChangeOutput(new byte[0]));
        isBehind[0] = false;
        Effects second = slow.receive(2, new ChangeOutput(new byte[0]));

        assertThat(first.items()).hasSize(1).first().isInstanceOf(AwaitOutput.class);
        assertThat(first.notices()).isEmpty();
        assertThat(second.notices()).isEmpty();
        assertThat(slow.receive(0, new OutputTaken()).notices())
                .containsExactly(new Notice.Addressed(3, new Ack()), new Notice.Addressed(2, new Ack()));
    }

    @Test
    void whatIsTakenInFasterThanItIsWrittenIsAcknowledgedWhenItIsWritten() {
        int sent = 0;
        int blocks = 0;
        int acknowledged = 0;
        while (blocks < UnwrittenBlocks.MAX) {
            Effects effects = workload.receive(3, names());
            sent++;
            blocks += effects.items().size();
            acknowledged += effects.notices().size();
        }
        assertThat(acknowledged).isEqualTo(sent - 1);
        assertThat(workload.receive(2, names()).notices()).isEmpty();

        assertThat(workload.receive(1, new BlockWritten()).notices())
                .containsExactly(new Notice.Addressed(3, new Ack()), new Notice.Addressed(2, new Ack()));
    }

    /** As many names of entries with several as fit into one notice. */
    private static HardLinkNames names() {
        byte[] record = Samples.record("a name of an entry that has several", Entry.REGULAR, 1);
        HardLinkName name = new HardLinkName(0, new TreePath("folder".getBytes(StandardCharsets.UTF_8)), record);
        return new HardLinkNames(Collections.nCopies(128 * 1024 / name.encodedBytes(), name));
    }

    /** Deletions come only after a run without failures, and earlier attempts are part of a resumed run. */
    @Test
    void rankZeroIsToldThatSomethingFailedBeforeAStop() {
        RankSnapshot left = new RankSnapshot(new WorkItemCodec());
        left.counters = new long[Counter.COUNT];
        Counter.FAULTS.add(left.counters, 1);
        CopyWorkload rankZero = workload(0, SnapshotStore.NONE);
        assertThat(rankZero.begin(DELETIONS).items()).isNotEmpty();

        List<Notice.Addressed> told = workload(1, restoring(left)).begin(COPY).notices();
        assertThat(told).extracting(Notice.Addressed::to).containsExactly(0);
        rankZero.receive(1, told.get(0).notice());

        assertThat(rankZero.begin(DELETIONS).items()).isEmpty();
    }

    @Test
    void whatVanishedBeforeAStopKeepsNothingFromBeingDeleted() {
        RankSnapshot left = new RankSnapshot(new WorkItemCodec());
        left.counters = new long[Counter.COUNT];
        Counter.VANISHED.add(left.counters, 1);
        assertThat(workload(1, restoring(left)).begin(COPY).notices()).isEmpty();
    }

    @Test
    void whatVanishesKeepsNothingFromBeingDeleted() {
        CopyWorkload rankZero = workload(0, SnapshotStore.NONE);
        Fault fault = new Fault(new byte[] {'f'}, Operation.OPEN, Errno.ENOENT.number());
        rankZero.receive(1, new FaultsFound(List.of(fault.vanished())));
        assertThat(rankZero.begin(DELETIONS).items()).isNotEmpty();
        rankZero.receive(1, new FaultsFound(List.of(fault.vanished(), fault)));
        assertThat(rankZero.begin(DELETIONS).items()).isEmpty();
    }

    private static SnapshotStore restoring(RankSnapshot left) {
        return new SnapshotStore() {
            @Override
            public RankSnapshot restored() {
                return left;
            }

            @Override
            public void taken(int epoch, boolean stopped, RankSnapshot snapshot) {
                throw new IllegalStateException("nobody asked for a snapshot");
            }
        };
    }

    /** One of two ranks, whose run takes away what the source lacks. */
    private static CopyWorkload workload(int rank, SnapshotStore snapshots) {
        return workload(rank, snapshots, lines -> {});
    }

    private static CopyWorkload workload(int rank, SnapshotStore snapshots, ChangeOutput.Printer printer) {
        Plan plan = new Plan(
                "id",
                ".fcp",
                List.of(new Root(place("source"), place("target"), Samples.record("source", Entry.DIRECTORY, 0))),
                Selection.ALL,
                new CopyPlan(
                        IoMethod.AUTO,
                        Sparse.AUTO,
                        new Preserve(Set.of(), Set.of(), Layout.INHERIT, 0),
                        ExistingTargets.of(ExistingPolicy.UPDATE_DIFFERING),
                        true,
                        CopyPlan.ANY_NUMBER,
                        null,
                        IntegrityOptions.NONE,
                        false),
                RunOptions.of(2));
        Tree tree = new Tree(rank, 2);
        WorkloadContext context = new WorkloadContext(
                tree, new int[] {rank}, "here", new StealCounts(), fault -> {}, share -> {}, snapshots);
        return new CopyWorkload(plan, context, null, printer);
    }

    private Notice failAnEntry() {
        ItemResult result = new ItemResult();
        result.fault(new Fault("path".getBytes(StandardCharsets.UTF_8), Operation.OPEN, 13));
        return workload.apply(result).notices().get(0).notice();
    }

    private static Place place(String name) {
        return new Place(new byte[] {'.'}, name.getBytes(StandardCharsets.UTF_8));
    }
}

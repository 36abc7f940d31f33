package org.pcircle.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.DatasetSum;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.plan.ManifestDetail;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.work.ManifestRecords;
import org.pcircle.work.RankContext;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.checkpoint.RemoveRunFiles;
import org.pcircle.work.manifest.ManifestSink;
import org.pcircle.work.manifest.SortManifest;
import org.pcircle.work.spool.RankSpool;
import org.pcircle.work.spool.SpoolRestored;

/**
 * The signature of trees as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots;
 *   <li>sum: all entries are read;
 *   <li>shares: each rank reports to rank 0 what it did, and its sum;
 *   <li>manifest: with --manifest or --check, rank 0 sorts the records of all entries and passes them on;
 *   <li>tidying: rank 0 deletes the run's files.
 * </ol>
 */
public final class SumWorkload extends TreeWorkload {

    /** The name of the spool of manifest records. */
    private static final String MANIFEST = "manifest";

    private final List<Round> rounds;

    /** At rank 0, the consumer of the manifest records; null if there is none. */
    private final @Nullable ManifestSink use;

    /** At rank 0, the records of all entries. */
    private final RankSpool records = new RankSpool(MANIFEST);

    /** @param use consumer of the manifest records, at rank 0; null if there is none */
    public SumWorkload(Plan plan, WorkloadContext context, @Nullable ManifestSink use) {
        super(plan, context, new SumTask());
        this.use = use;
        parts.add(ManifestRecords.Store.class, found -> Effects.of(records.appendAll(found)));
        parts.add(SpoolRestored.Taker.class, this::restore);
        this.rounds = List.of(
                Round.of("ready", () -> Effects.NONE),
                Round.of("sum", this::sum).withCheckpoints(),
                Round.of("shares", this::reportShare),
                Round.of("manifest", this::useManifest),
                Round.of("tidying", this::tidy).removingOwnFiles());
    }

    @Override
    List<Round> inOrder() {
        return rounds;
    }

    private Effects sum() {
        if (restored() != null) {
            return resumeWork();
        }
        return tree.isRoot() ? Effects.of(first()) : Effects.NONE;
    }

    private List<Item> first() {
        List<Item> items = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            if (!plan.excludesRoot(i)) {
                Counter.SCANNED.add(counters, 1);
                items.add(top(i));
            }
        }
        return items;
    }

    /** Vanished entries are failures, too: they are not in the signature. */
    @Override
    boolean hasFailedBefore() {
        return super.hasFailedBefore() || Counter.VANISHED.in(counters) > 0;
    }

    @Override
    List<RankSpool> spools(List<Item> frontier) {
        return List.of(records);
    }

    @Override
    void saveFurther(RankSnapshot snapshot, List<Item> frontier) {
        // Everything else is in the spool.
    }

    private Effects restore(String spool, List<byte[]> found) {
        if (!spool.equals(MANIFEST)) {
            throw new IllegalArgumentException("spool " + spool);
        }
        List<Notice.Addressed> notices = new ArrayList<>();
        for (ManifestRecords piece : ManifestRecords.inPieces(found)) {
            notices.add(new Notice.Addressed(0, piece));
        }
        return new Effects(List.of(), notices);
    }

    private Effects useManifest() {
        DatasetSum signed = signed();
        if (use == null || signed == null) {
            return Effects.NONE;
        }
        use.begin(signed, !anyFault());
        return Effects.of(new SortManifest(records.sorted(ManifestRecord::compare), use));
    }

    /** With a manifest the run cannot be resumed at this point, as its records are deleted. */
    private Effects tidy() {
        return tree.isRoot()
                ? Effects.of(new RemoveRunFiles(plan.task().detail() == ManifestDetail.NONE ? all() : null, null))
                : Effects.NONE;
    }

    /** Deletes the run's own files, at rank 0. */
    @Override
    public void removeUnfinished(RankContext rankContext, Consumer<String> complaints) {
        if (tree.isRoot()) {
            rankContext.removeState(complaints);
        }
    }
}

package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Spool;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.plan.Detail;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.Task;
import org.pcircle.report.Counter;
import org.pcircle.report.FileSizes;

/**
 * The reading of trees for their signature as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots;
 *   <li>sum: all entries are read;
 *   <li>shares: rank 0 is told what each rank did, and its sum;
 *   <li>manifest: if that is wanted, rank 0 puts what is known of the entries in order and uses it;
 *   <li>tidying: rank 0 takes away what the run has written down for itself.
 * </ol>
 */
public final class SumWorkload extends TreeWorkload {

    private static final int READY = 0;
    private static final int SUM = 1;
    private static final int SHARES = 2;
    private static final int MANIFEST = 3;
    private static final int TIDYING = 4;
    private static final int ROUNDS = 5;

    /** At rank 0, what the manifest is for; null if there is none. */
    private final @Nullable ManifestUse use;

    /** At rank 0, the records of all entries. */
    private final Spool records = new Spool();

    /** @param use of the manifest, at rank 0; null if there is none */
    public SumWorkload(Plan plan, Post post, @Nullable ManifestUse use) {
        super(plan, post);
        this.use = use;
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public Effects begin(int round) {
        return switch (round) {
            case READY -> Effects.NONE;
            case SUM -> restored() != null ? goOn() : Effects.of(tree.isRoot() ? first() : List.of());
            case SHARES -> tellShare();
            case MANIFEST -> Effects.of(useManifest());
            case TIDYING -> Effects.of(tree.isRoot() ? List.of(tidying()) : List.of());
            default -> throw new IllegalArgumentException("round " + round);
        };
    }

    private List<Item> first() {
        List<Item> items = new ArrayList<>();
        for (int i = plan.roots().size() - 1; i >= 0; i--) {
            if (!plan.excludesRoot(i)) {
                Counter.SCANNED.add(counters, 1);
                items.add(top(i, plan.roots().get(i)));
            }
        }
        return items;
    }

    private Item top(int index, Root root) {
        Entry entry = Entry.of(root.record());
        Counter.SCANNED_BYTES.add(counters, entry.dataBytes());
        if (entry.type() == Entry.REGULAR) {
            FileSizes.of(entry.dataBytes()).add(counters, 1);
        }
        if (entry.isDirectory()) {
            Counter.SCANS.add(counters, 1);
            return new WalkDirectory(index, TreePath.TOP, root.record());
        }
        return plan.isLarge(entry.dataBytes())
                ? OpenLargeFile.ofTop(index, root)
                : BatchItem.ofTop(Task.SUM, index, root);
    }

    @Override
    void applyFurther(Result result, List<Item> items, List<Notice.Addressed> notices) {
        for (ManifestFound found : ManifestFound.inPieces(result.records)) {
            notices.add(new Notice.Addressed(0, found));
        }
    }

    @Override
    int mainRound() {
        return SUM;
    }

    @Override
    void saveFurther(Snapshot snapshot, List<Item> frontier, List<WriteSpool> unwritten) {
        save(RankState.MANIFEST, records, unwritten, snapshot);
    }

    @Override
    List<Item> write(Notice notice) {
        if (!(notice instanceof ManifestFound found)) {
            return super.write(notice);
        }
        List<Item> items = new ArrayList<>();
        for (byte[] record : found.records()) {
            items.addAll(spool(RankState.MANIFEST, records, record));
        }
        return items;
    }

    private List<Item> useManifest() {
        DatasetSum signed = signed();
        if (use == null || signed == null) {
            return List.of();
        }
        use.begin(signed, !anyFault());
        SortedSpool sorted =
                new SortedSpool(RankState.MANIFEST, records, records.takeMemory(), ManifestRecord::compare);
        return List.of(new UseManifest(sorted, use));
    }

    /** A manifest could not be made again without the records, which are taken away. */
    private Item tidying() {
        return new RemoveState(plan.detail() == Detail.NONE ? all() : null, List.of());
    }

    @Override
    List<Item> receiveFurther(Notice notice) {
        throw new IllegalArgumentException(notice + " is of a copy");
    }

    /** The run's own files, which are rank 0's. */
    @Override
    public void removeUnfinished(Workshop workshop, Consumer<String> complaints) {
        if (tree.isRoot()) {
            workshop.removeState(complaints);
        }
    }
}

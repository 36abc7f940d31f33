package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.DatasetSum;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.plan.Detail;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;

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

    /** The name of the spool of what a manifest says. */
    private static final String MANIFEST = "manifest";

    private final List<Round> rounds;

    /** At rank 0, what the manifest is for; null if there is none. */
    private final @Nullable ManifestUse use;

    /** At rank 0, the records of all entries. */
    private final RankSpool records = new RankSpool(MANIFEST);

    /** @param use of the manifest, at rank 0; null if there is none */
    public SumWorkload(Plan plan, Post post, @Nullable ManifestUse use) {
        super(plan, post);
        this.use = use;
        parts.add(ManifestFound.Store.class, found -> Effects.of(records.appendAll(found)));
        parts.add(SpoolRestored.Taker.class, this::restore);
        this.rounds = List.of(
                Round.of("ready", () -> Effects.NONE),
                Round.of("sum", this::sum).withCheckpoints(),
                Round.of("shares", this::tellShare),
                Round.of("manifest", this::useManifest),
                Round.of("tidying", this::tidy).removingOwnFiles());
    }

    @Override
    List<Round> inOrder() {
        return rounds;
    }

    private Effects sum() {
        if (restored() != null) {
            return goOn();
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

    @Override
    List<RankSpool> spools(List<Item> frontier) {
        return List.of(records);
    }

    @Override
    void saveFurther(Snapshot snapshot, List<Item> frontier) {
        // All that is there besides is in the spool.
    }

    private Effects restore(String spool, List<byte[]> found) {
        if (!spool.equals(MANIFEST)) {
            throw new IllegalArgumentException("spool " + spool);
        }
        List<Notice.Addressed> notices = new ArrayList<>();
        for (ManifestFound piece : ManifestFound.inPieces(found)) {
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
        return Effects.of(new UseManifest(records.sorted(ManifestRecord::compare), use));
    }

    /** A manifest could not be made again without the records, which are taken away. */
    private Effects tidy() {
        return tree.isRoot()
                ? Effects.of(new RemoveState(plan.detail() == Detail.NONE ? all() : null, null))
                : Effects.NONE;
    }

    /** The run's own files, which are rank 0's. */
    @Override
    public void removeUnfinished(Workshop workshop, Consumer<String> complaints) {
        if (tree.isRoot()) {
            workshop.removeState(complaints);
        }
    }
}

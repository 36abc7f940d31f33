package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;

/**
 * The deletion of what a dead run has left as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the destination;
 *   <li>search: the files that had been growing in it go;
 *   <li>own files: if nothing failed, rank 0 takes away what the run had written down, so that until then it can be done again;
 *   <li>shares: rank 0 is told what each rank did.
 * </ol>
 */
public final class DiscardWorkload extends TreeWorkload {

    private static final int READY = 0;
    private static final int SEARCH = 1;
    private static final int OWN_FILES = 2;
    private static final int SHARES = 3;
    private static final int ROUNDS = 4;

    private final Consumer<byte[]> intentions;
    private final Runnable lettingGo;

    /**
     * @param intentions takes the lines of a dry run, at rank 0
     * @param lettingGo of the dead run's lock, at rank 0
     */
    public DiscardWorkload(Plan plan, Post post, Consumer<byte[]> intentions, Runnable lettingGo) {
        super(plan, post);
        this.intentions = intentions;
        this.lettingGo = lettingGo;
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public Effects begin(int round) {
        return switch (round) {
            case READY -> Effects.NONE;
            case SEARCH -> Effects.of(tree.isRoot() ? first() : List.of());
            case OWN_FILES ->
                Effects.of(tree.isRoot() && !anyFault() ? List.of(new DiscardOwnFiles(lettingGo)) : List.of());
            case SHARES -> tellShare();
            default -> throw new IllegalArgumentException("round " + round);
        };
    }

    private List<Item> first() {
        if (!plan.delete()) {
            return List.of();
        }
        if (!plan.isOneDirectory()) {
            return List.of(new DiscardNamed());
        }
        Counter.SCANNED.add(counters, 1);
        Counter.UP_TO_DATE.add(counters, 1);
        Counter.SCANS.add(counters, 1);
        return List.of(new DiscardIn(TreePath.TOP));
    }

    @Override
    void applyFurther(Result result, List<Item> items, List<Notice.Addressed> notices) {
        // All that comes of an item is counted, or listed.
    }

    @Override
    List<Item> write(Notice notice) {
        if (!(notice instanceof IntentionsTold told)) {
            return super.write(notice);
        }
        intentions.accept(told.lines());
        return new ArrayList<>();
    }

    @Override
    List<Item> receiveFurther(Notice notice) {
        throw new IllegalArgumentException(notice + " is of a copy");
    }

    @Override
    int mainRound() {
        return SEARCH;
    }

    @Override
    void saveFurther(Snapshot snapshot, List<Item> frontier, List<WriteSpool> unwritten) {
        throw new IllegalStateException("no checkpoint is taken of this");
    }

    @Override
    public void removeUnfinished(Workshop workshop, Consumer<String> complaints) {
        // Nothing is made.
    }
}

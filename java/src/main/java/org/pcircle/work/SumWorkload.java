package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.Task;
import org.pcircle.report.Counter;

/**
 * The reading of trees for their signature as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the roots;
 *   <li>sum: all entries are read;
 *   <li>shares: rank 0 is told what each rank did, and its sum.
 * </ol>
 */
public final class SumWorkload extends TreeWorkload {

    private static final int READY = 0;
    private static final int SUM = 1;
    private static final int SHARES = 2;
    private static final int ROUNDS = 3;

    public SumWorkload(Plan plan, Post post) {
        super(plan, post);
    }

    @Override
    public int rounds() {
        return ROUNDS;
    }

    @Override
    public Effects begin(int round) {
        return switch (round) {
            case READY -> Effects.NONE;
            case SUM -> Effects.of(tree.isRoot() ? first() : List.of());
            case SHARES -> tellShare();
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
        if (entry.isDirectory()) {
            return new WalkDirectory(index, TreePath.TOP, root.record());
        }
        return plan.isLarge(entry.dataBytes())
                ? OpenLargeFile.ofTop(index, root)
                : BatchItem.ofTop(Task.SUM, index, root);
    }

    @Override
    void applyFurther(Result result, List<Item> items, List<Notice.Addressed> notices) {}

    @Override
    List<Item> receiveFurther(Notice notice) {
        throw new IllegalArgumentException(notice + " is of a copy");
    }

    /** Nothing is made, so nothing can be left behind. */
    @Override
    public void removeUnfinished(Workshop workshop, Consumer<String> complaints) {}
}

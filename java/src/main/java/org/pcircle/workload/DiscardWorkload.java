package org.pcircle.workload;

import java.util.List;
import java.util.function.Consumer;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.work.RankContext;
import org.pcircle.work.change.ChangeOutput;
import org.pcircle.work.change.PrintedLines;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.discard.DiscardIn;
import org.pcircle.work.discard.DiscardNamed;
import org.pcircle.work.discard.DiscardOwnFiles;
import org.pcircle.work.spool.RankSpool;

/**
 * The deletion of a stopped run's files as a circle's workload, at one rank. Its rounds:
 *
 * <ol start="0">
 *   <li>ready: every rank has opened the destination;
 *   <li>search: its temporary files are deleted;
 *   <li>own files: if nothing failed, rank 0 deletes the run's files; until then the discard can be repeated;
 *   <li>shares: each rank reports to rank 0 what it did.
 * </ol>
 */
public final class DiscardWorkload extends TreeWorkload {

    private final List<Round> rounds;
    private final Runnable lettingGo;

    /**
     * @param lines prints lines about what is changed, at rank 0
     * @param lettingGo releases the stopped run's lock, at rank 0
     */
    public DiscardWorkload(Plan plan, WorkloadContext context, ChangeOutput.Printer lines, Runnable lettingGo) {
        super(plan, context, new SumTask()); // No source is walked.
        this.lettingGo = lettingGo;
        parts.add(PrintedLines.class, new PrintedLines(lines));
        this.rounds = List.of(
                Round.of("ready", () -> Effects.NONE),
                Round.of("search", this::search),
                Round.of("own files", this::removeOwnFiles),
                Round.of("shares", this::reportShare));
    }

    @Override
    List<Round> inOrder() {
        return rounds;
    }

    private Effects search() {
        return tree.isRoot() ? Effects.of(first()) : Effects.NONE;
    }

    private Effects removeOwnFiles() {
        return tree.isRoot() && !anyFault() ? Effects.of(new DiscardOwnFiles(lettingGo)) : Effects.NONE;
    }

    private List<Item> first() {
        if (!plan.discard().hasTemporaryFiles()) {
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
    List<RankSpool> spools(List<Item> frontier) {
        throw new IllegalStateException("no checkpoint is taken of this");
    }

    @Override
    void saveFurther(RankSnapshot snapshot, List<Item> frontier) {
        throw new IllegalStateException("no checkpoint is taken of this");
    }

    @Override
    public void removeUnfinished(RankContext rankContext, Consumer<String> complaints) {
        // Nothing is made.
    }
}

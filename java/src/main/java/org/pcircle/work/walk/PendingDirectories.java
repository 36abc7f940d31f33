package org.pcircle.work.walk;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Credentials;
import org.pcircle.plan.Plan;
import org.pcircle.work.spool.BottomUp;
import org.pcircle.work.spool.RankSpool;

/**
 * Directories that get their metadata when everything in them is done: at each rank those that it has created, at rank
 * 0 also the tops of the trees and locked directories. Used by the rank's own thread.
 */
public final class PendingDirectories {

    /** The spool of the directories that this rank finishes. */
    public static final String OPEN = "directories";

    /** At rank 0, the spool of locked directories: their owner cannot enter them afterwards. */
    public static final String CLOSED = "closed";

    private final Plan plan;
    private final RankSpool open = new RankSpool(OPEN);
    private final RankSpool closed = new RankSpool(CLOSED);
    private final List<PendingDirectory> tops = new ArrayList<>();

    /** Whether this rank may enter directories whatever their mode. */
    private final boolean entersAnything = Credentials.isRoot();

    public PendingDirectories(Plan plan) {
        this.plan = plan;
    }

    /** This rank has created a directory. */
    public Effects made(PendingDirectory directory) {
        if (directory.path().isTop()) {
            return told(new TopCreated(directory));
        }
        return entersAnything || directory.staysOpen()
                ? Effects.of(open.append(directory.encoded()))
                : told(new LockedDirectoryFound(directory));
    }

    private static Effects told(Notice notice) {
        return new Effects(List.of(), List.of(new Notice.Addressed(0, notice)));
    }

    /** At rank 0, adds a locked directory; returns the items that follow. */
    public List<Item> close(PendingDirectory directory) {
        return closed.append(directory.encoded());
    }

    /** At rank 0, the top of a tree. */
    public void addTop(PendingDirectory top) {
        tops.add(top);
    }

    /** At rank 0, the tops of the trees. */
    public List<PendingDirectory> tops() {
        return tops;
    }

    /** Finishes the directories that can still be entered afterwards. */
    public Effects finishOpen() {
        return Effects.of(open.readAll(FinishDirectories::batches, plan));
    }

    /**
     * At rank 0, finishes the locked directories, deepest first, so that each is still reachable when its turn comes.
     */
    public Effects finishClosed() {
        return Effects.of(BottomUp.all(
                closed,
                (record, worker, result) -> PendingDirectory.read(record).finish(worker, result)));
    }

    /** The spools that a checkpoint holds, besides the tops. */
    public List<RankSpool> spools() {
        return List.of(open, closed);
    }
}

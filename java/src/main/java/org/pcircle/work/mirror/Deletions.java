package org.pcircle.work.mirror;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.NameBlocked;
import org.pcircle.work.TreeTask;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.BottomUp;
import org.pcircle.work.spool.RankSpool;

/**
 * Extraneous directories of the target, and entries that wait until one of them is deleted because it has their name.
 * Used by the rank's own thread.
 */
public final class Deletions {

    /** At rank 0, the spool of extraneous directories. */
    static final String EXTRANEOUS = "extraneous";

    /** The spool of blocked entries. */
    public static final String BLOCKED = "blocked";

    private final Plan plan;
    private final long[] counters;
    private final TreeTask task;

    /** At rank 0, the extraneous directories that all ranks have found. */
    private final RankSpool extraneous;

    /** Entries whose name a directory has. */
    private final RankSpool blocked = new RankSpool(BLOCKED);

    /** At rank 0 in a dry run, the blocked entries of all ranks. */
    private final List<NameBlocked> allBlocked = new ArrayList<>();

    /** At rank 0 in a dry run, which extraneous directories would become empty; null until there are some. */
    private @Nullable Emptied emptied;

    /** Whether all deletions are done. */
    private boolean areDone;

    /**
     * Begins with none.
     *
     * @param counters of the rank
     * @param task makes the items that copy blocked entries
     */
    public Deletions(Plan plan, long[] counters, TreeTask task) {
        this.plan = plan;
        this.counters = counters;
        this.task = task;
        this.extraneous = RankSpool.of(EXTRANEOUS, plan);
    }

    /** At rank 0: deletes extraneous entries, except directories. */
    public Effects begin() {
        emptied = plan.task().dryRun() ? new Emptied() : null;
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < plan.roots().size(); i++) {
            if (Entry.of(plan.roots().get(i).record()).isDirectory()) {
                items.add(new DeleteExtraneous(i, TreePath.TOP, false));
            }
        }
        return Effects.of(items);
    }

    /** At rank 0: then removes extraneous directories, deepest first. */
    public Effects removeDirectories() {
        return Effects.of(BottomUp.all(extraneous, emptied == null ? Deletions::remove : emptied));
    }

    private static void remove(ByteBuffer record, WorkerContext worker, ItemResult result) {
        ExtraneousDirectory.read(record).remove(worker, result);
    }

    /** Then copies the blocked entries. */
    public Effects copyBlocked() {
        areDone = true;
        return Effects.of(
                plan.task().dryRun()
                        ? lookAtBlocked()
                        : blocked.readAll((block, all) -> HardLinkName.copies(block, task, all), plan));
    }

    /** At rank 0, adds an extraneous directory; returns the items that follow. */
    public List<Item> addDirectory(ExtraneousDirectory directory) {
        return extraneous.append(directory.encoded());
    }

    /**
     * Adds a blocked entry, which waits until the directory of its name is deleted; after the deletions it has failed.
     */
    public Effects block(HardLinkName name) {
        if (plan.task().dryRun()) { // Only rank 0 knows.
            return told(new NameBlocked(name, null, false));
        }
        if (!areDone) {
            return Effects.of(blocked.append(name.encoded()));
        }
        Counter.FAULTS.add(counters, 1);
        Counter.PASSED_BYTES.add(counters, name.dataBytes());
        byte[] shown = plan.roots().get(name.root()).target().show(name.path());
        return told(new FaultsFound(List.of(new Fault(shown, Operation.CREATE, Errno.EISDIR.number()))));
    }

    private static Effects told(Notice notice) {
        return new Effects(List.of(), List.of(new Notice.Addressed(0, notice)));
    }

    /** At rank 0 in a dry run: adds a blocked entry. */
    public Effects blocked(NameBlocked name) {
        if (areDone) {
            return Effects.of(lookAt(name));
        }
        allBlocked.add(name);
        return Effects.NONE;
    }

    private List<Item> lookAtBlocked() {
        List<Item> items = new ArrayList<>();
        for (NameBlocked name : allBlocked) {
            items.add(lookAt(name));
        }
        allBlocked.clear();
        return items;
    }

    private Item lookAt(NameBlocked name) {
        HardLinkName first = name.first();
        boolean firstIsThere = first != null && (!name.firstIsBlocked() || isEmptied(first));
        return new LookAtBlocked(name, isEmptied(name.name()), firstIsThere);
    }

    /** Whether a directory of this name would be deleted. */
    private boolean isEmptied(HardLinkName name) {
        return emptied != null && !emptied.keeps(name.root(), name.path());
    }

    /** The spool that a checkpoint holds. */
    public RankSpool spool() {
        return blocked;
    }
}

package org.pcircle.work.mirror;

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
import org.pcircle.work.EntryBlocked;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.NameBlocked;
import org.pcircle.work.RankParts;
import org.pcircle.work.TreeTask;
import org.pcircle.work.spool.BottomUp;
import org.pcircle.work.spool.RankSpool;

/**
 * Extraneous directories of the target, and entries that wait until one of them is deleted because it has their name.
 * Used by the rank's own thread.
 */
public final class Deletions {

    /** At rank 0, the spool of extraneous directories to be counted. */
    private static final String COUNTED = "counted";

    /** At rank 0, the spool of extraneous directories to be removed. */
    private static final String EXTRANEOUS = "extraneous";

    /** The spool of blocked entries. */
    public static final String BLOCKED = "blocked";

    private final Plan plan;
    private final long[] counters;
    private final TreeTask task;

    /** At rank 0, the extraneous directories that all ranks have found while they counted. */
    private final RankSpool countedDirectories;

    /** At rank 0, those that they have found while they deleted. */
    private final RankSpool extraneous;

    /** Entries whose name a directory has. */
    private final RankSpool blocked = new RankSpool(BLOCKED);

    /** At rank 0 in a dry run, the blocked entries of all ranks. */
    private final List<NameBlocked> allBlocked = new ArrayList<>();

    /** At rank 0 in a dry run, which extraneous directories would become empty; null until there are some. */
    private @Nullable Emptied emptied;

    /** At rank 0, how many entries would be deleted, as far as they are counted. */
    private long counted;

    /** At rank 0, whether entries are being counted, and not deleted yet. */
    private boolean areCounting;

    /** How many entries may be deleted. */
    private final DeletionLimit limit;

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
        this.limit = new DeletionLimit(plan.copy().deleteMax());
        this.countedDirectories = RankSpool.of(COUNTED, plan);
        this.extraneous = RankSpool.of(EXTRANEOUS, plan);
    }

    /** Adds this part, and what belongs to it, to those that receive notices. */
    public void addTo(RankParts parts) {
        parts.add(ExtraneousDirectoryFound.Taker.class, this::addDirectory);
        parts.add(ExtraneousCounted.Taker.class, entries -> counted += entries);
        parts.add(NamesFound.Taker.class, limit::found);
        parts.add(DeletionsWanted.Taker.class, limit::allow);
        parts.add(DeletionsAllowed.Taker.class, limit::allowed);
        parts.add(EntryBlocked.Taker.class, this::block);
        parts.add(NameBlocked.Taker.class, this::blocked);
    }

    /** At rank 0: counts extraneous entries, except directories, if their number is limited. */
    public Effects count() {
        areCounting = plan.copy().isDeletionLimited();
        return areCounting ? all(Pass.COUNT) : Effects.NONE;
    }

    /** At rank 0: then counts the directories that would become empty, deepest first. */
    public Effects countDirectories() {
        areCounting = false;
        return Effects.of(BottomUp.all(countedDirectories, new Emptied(Pass.COUNT)));
    }

    /** At rank 0: then deletes extraneous entries, except directories, unless they are too many. */
    public Effects begin() {
        if (counted > plan.copy().deleteMax()) {
            counters[Counter.NOT_DELETED.ordinal()] = counted;
            return Effects.NONE;
        }
        emptied = plan.task().dryRun() ? new Emptied(Pass.DELETE) : null;
        return all(Pass.DELETE);
    }

    private Effects all(Pass pass) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < plan.roots().size(); i++) {
            if (Entry.of(plan.roots().get(i).record()).isDirectory()) {
                items.add(new DeleteExtraneous(i, TreePath.TOP, false, pass));
            }
        }
        return Effects.of(items);
    }

    /** At rank 0: then removes extraneous directories, deepest first. */
    public Effects removeDirectories() {
        return Effects.of(BottomUp.all(extraneous, emptied == null ? ExtraneousDirectory.removal(limit) : emptied));
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
    private List<Item> addDirectory(ExtraneousDirectory directory) {
        return (areCounting ? countedDirectories : extraneous).append(directory.encoded());
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
    private Effects blocked(NameBlocked name) {
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

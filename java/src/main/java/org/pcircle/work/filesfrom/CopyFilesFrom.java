package org.pcircle.work.filesfrom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathOrder;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.BatchBuilder;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SpoolItem;

/**
 * At rank 0: sorts the listed paths and spawns the copies of their entries, a block an item. Directories on the way are
 * created once each: in this order a directory comes before its contents. A listed directory is copied with all its
 * contents, and further listed paths in it add nothing.
 */
public final class CopyFilesFrom implements SpoolItem {

    private final SortedPaths paths;
    private final boolean sorted;
    private final long position;

    /** The last path that was processed; null at the start. */
    private final @Nullable TreePath last;

    /** The directory that was created last on the way to an entry; those above it exist, too. */
    private final TreePath made;

    /** The last listed directory, whose contents are copied with it; null if there was none. */
    private final @Nullable TreePath covered;

    /**
     * The last directory on the way that could not be created; this was reported, and its contents cannot be copied.
     */
    private final @Nullable TreePath failed;

    private CopyFilesFrom(
            SortedPaths paths,
            boolean sorted,
            long position,
            @Nullable TreePath last,
            TreePath made,
            @Nullable TreePath covered,
            @Nullable TreePath failed) {
        this.paths = paths;
        this.sorted = sorted;
        this.position = position;
        this.last = last;
        this.made = made;
        this.covered = covered;
        this.failed = failed;
    }

    /** Continues from a place. */
    CopyFilesFrom(SortedPaths paths, Place place) {
        this(paths, false, 0, place.last(), place.made(), place.covered(), null);
    }

    /** How far the list has been processed; the components are those of the fields of the same names. */
    public record Place(
            @Nullable TreePath last,
            TreePath made,
            @Nullable TreePath covered) {
        public static final Place START = new Place(null, TreePath.TOP, null);
    }

    public Place place() {
        return new Place(last, made, covered);
    }

    /** A checkpoint holds only the place that was reached. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (!sorted) {
            boolean more = paths.sortFurther(worker);
            result.spawned.add(new CopyFilesFrom(paths, !more, 0, last, made, covered, failed));
        } else if (!paths.isEnd(position)) {
            result.spawned.add(copyBlock(worker, result));
        } else {
            result.count(Counter.SCANS_ENDED, 1);
        }
    }

    private Item copyBlock(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        SortedPaths.Paths block = paths.at(position, worker);
        Map<TreePath, BatchBuilder> batches = new HashMap<>();
        List<HardLinkName> linked = new ArrayList<>();
        TreePath previous = last;
        TreePath reached = made;
        TreePath wanted = covered;
        TreePath unmade = failed;
        for (TreePath path : block.paths()) {
            boolean isPassed = previous != null && PathOrder.compare(path.bytes(), previous.bytes()) <= 0;
            if (isPassed) {
                continue;
            }
            boolean isNamedAlready = wanted != null && path.isWithin(wanted);
            boolean cannotBe = unmade != null && path.isWithin(unmade);
            previous = path;
            if (isNamedAlready || cannotBe) {
                continue;
            }
            byte[] record = describe(path, worker, result);
            if (record == null
                    || worker.plan().excludes(0, path, Entry.of(record).isDirectory())
                    || isLeft(path, record, worker, result)) {
                continue;
            }
            if (!path.isTop()) {
                TreePath inTheWay = makeOnTheWay(path.parent(), reached, worker, result);
                if (inTheWay != null) {
                    unmade = inTheWay;
                    continue;
                }
                reached = path.parent();
            }
            if (Entry.of(record).isDirectory()) {
                wanted = path;
            }
            copy(path, record, batches, linked, worker, result);
        }
        batches.values().forEach(BatchBuilder::end);
        result.follow(worker.task().linkedNames(linked, worker.plan(), worker.ranks()));
        return new CopyFilesFrom(paths, true, block.end(), previous, reached, wanted, unmade);
    }

    private static byte @Nullable [] describe(TreePath path, WorkerContext worker, ItemResult result) {
        if (path.isTop()) {
            return worker.roots().root(0).record();
        }
        Counter.SCANNED.add(result.counters, 1);
        try (Directory parent = worker.roots().openSource(0, path.parent())) {
            return parent.describe(path.name());
        } catch (FileException e) {
            result.fault(new Fault(worker.roots().showSource(0, path), Operation.FIND, e.errno()));
            return null;
        }
    }

    /** Whether an entry belongs to an unfinished run. */
    private static boolean isLeft(TreePath path, byte[] record, WorkerContext worker, ItemResult result) {
        try {
            return !path.isTop()
                    && (LeftFiles.isInRun(worker.roots(), 0, path)
                            || LeftFiles.leavesOut(worker.roots(), 0, path.parent(), Entry.of(record), result));
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showSource(0, path), e));
            return true;
        }
    }

    /**
     * Creates a directory and those above it, except those that exist for the previous entry.
     *
     * @return the directory that could not be created, which was reported; null if all exist
     */
    private static @Nullable TreePath makeOnTheWay(
            TreePath directory, @Nullable TreePath reached, WorkerContext worker, ItemResult result) {
        if (reached != null && (directory.isTop() || reached.isWithin(directory))) {
            return null;
        }
        TreePath failed = directory.isTop() ? null : makeOnTheWay(directory.parent(), reached, worker, result);
        if (failed != null) {
            return failed;
        }
        try {
            byte[] record = worker.roots().root(0).record();
            if (!directory.isTop()) {
                try (Directory parent = worker.roots().openSource(0, directory.parent())) {
                    record = parent.describe(directory.name());
                }
                Counter.SCANNED.add(result.counters, 1);
            }
            return worker.task().enter(0, directory, record, false, worker, result) ? null : directory;
        } catch (FileException e) {
            result.fault(new Fault(worker.roots().showSource(0, directory), Operation.FIND, e.errno()));
            return directory;
        }
    }

    private static void copy(
            TreePath path,
            byte[] record,
            Map<TreePath, BatchBuilder> batches,
            List<HardLinkName> linked,
            WorkerContext worker,
            ItemResult result) {
        Entry entry = Entry.of(record);
        if (path.isTop()) {
            result.spawned.add(worker.task().list(0, path));
            result.count(Counter.SCANS, 1);
        } else if (entry.isDirectory()) {
            result.spawned.add(worker.task().walk(0, path, record));
            result.count(Counter.SCANS, 1);
        } else if (worker.isLinked(entry)) {
            linked.add(new HardLinkName(0, path.parent(), record));
            result.count(Counter.SCANS, 1);
        } else {
            result.found(entry);
            if (worker.plan().isLarge(entry.dataBytes())) {
                result.spawned.add(worker.task().largeFile(0, path.parent(), record, false));
            } else {
                List<Item> spawned = result.spawned;
                batches.computeIfAbsent(path.parent(), parent -> new BatchBuilder(0, parent, worker.task(), spawned))
                        .add(entry);
            }
        }
    }
}

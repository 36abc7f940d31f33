package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.BatchBuilder;
import org.pcircle.work.DirectoryCursor;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LeftFiles;
import org.pcircle.work.ListingContext;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Lists a directory, one buffer an item. The rest is spawned again, so that a huge directory is shared out while it is
 * read, and its listing can wait while there is enough to do.
 */
public record ListDirectory(int root, TreePath path, DirectoryCursor place) implements LocalItem {

    /** From the start of a directory. */
    public ListDirectory(int root, TreePath path) {
        this(root, path, DirectoryCursor.START);
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        list(worker, inPlace(worker), result);
    }

    /** Runs an item as a part of another. */
    interface InPlace {
        void run(Item item, ItemResult result);
    }

    static InPlace inPlace(WorkerContext worker) {
        return (item, result) -> ((WorkItem) item).run(worker, result);
    }

    /** Lists a buffer; false if the directory cannot be read, which is reported. */
    boolean list(ListingContext worker, InPlace inPlace, ItemResult result) {
        DirectoryCursor.Step step;
        try {
            step = place.read(() -> worker.roots().openSourceToList(root, path), worker.listing());
        } catch (FileException e) {
            if (worker.context().gaveUp(e)) {
                result.spawned.add(this);
                return true;
            }
            result.fault(worker.roots().fault(root, path, null, e));
            if (e.operation() == Operation.COMPARE) {
                result.spawned.add(new ListDirectory(root, path)); // The whole directory is listed once more.
                return true;
            }
            noteUnread(path, worker, result);
            result.count(Counter.SCANS_ENDED, 1);
            return false;
        }
        DirectoryStream.Listed listed = step.listed();
        if (listed.atEnd()) {
            result.count(Counter.SCANS_ENDED, 1);
        } else {
            result.spawned.add(new ListDirectory(root, path, step.next()));
        }
        int batches = spawn(worker, listed.bytes(), result);
        if (batches == 1 && result.spawned.size() == 1) {
            // Run here: two workers in one directory wait for each other, as the kernel lets in one at a time.
            Item all = result.spawned.remove(0);
            inPlace.run(all, result);
        }
        return true;
    }

    @Override
    public int encodedBytes() {
        return 1 + 2 * Integer.BYTES + path.bytes().length + DirectoryCursor.ENCODED_BYTES;
    }

    @Override
    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        place.write(target);
    }

    public static ListDirectory read(ByteBuffer source) {
        return new ListDirectory(source.getInt(), TreePath.read(source), DirectoryCursor.read(source));
    }

    private boolean isExcluded(ListingContext worker, Entry entry) {
        Plan plan = worker.plan();
        if (entry.isDirectory() && plan.isOwn(entry.name())) {
            return true;
        }
        return !plan.selection().filter().isEmpty()
                && plan.excludes(root, path.child(entry.name()), entry.isDirectory());
    }

    /** Whether an entry belongs to an unfinished run; counts it if so. */
    private boolean isLeft(ListingContext worker, Entry entry, ItemResult result) {
        try {
            return LeftFiles.leavesOut(worker.roots(), root, path, entry, result);
        } catch (FileException e) {
            TreePath unknown = path.child(entry.name());
            result.fault(Fault.of(worker.roots().showSource(root, unknown), e));
            noteUnread(unknown, worker, result);
            return true;
        }
    }

    /** Spawns sub-directories first, so that they are done last and stolen first. Returns the number of batches. */
    private int spawn(ListingContext worker, int bytes, ItemResult result) {
        Entry entry = new Entry();
        for (int at = 0; at < bytes; at += entry.recordBytes()) {
            entry.wrap(worker.listing(), at);
            boolean isWalked = entry.outcome() == Outcome.DONE && entry.isDirectory() && !isExcluded(worker, entry);
            if (isWalked && !isLeft(worker, entry, result)) {
                result.spawned.add(worker.task().walk(root, path.child(entry.name()), entry.copy()));
                result.count(Counter.SCANS, 1);
            }
        }
        return batch(worker, bytes, result);
    }

    private int batch(ListingContext worker, int bytes, ItemResult result) {
        Entry entry = new Entry();
        List<HardLinkName> linked = new ArrayList<>();
        BatchBuilder batching = new BatchBuilder(root, path, worker.task(), result.spawned);
        for (int at = 0; at < bytes; at += entry.recordBytes()) {
            entry.wrap(worker.listing(), at);
            if (!isFound(worker, entry, result) || entry.isDirectory()) {
                continue;
            }
            if (WorkerContext.isLinked(worker.plan(), entry)) {
                linked.add(new HardLinkName(root, path, entry.copy()));
                result.count(Counter.SCANS, 1);
                continue;
            }
            result.found(entry);
            if (worker.plan().isLarge(entry.dataBytes())) {
                result.spawned.add(worker.task().largeFile(root, path, entry.copy(), false));
            } else {
                batching.add(entry);
            }
        }
        batching.end();
        if (!linked.isEmpty()) {
            result.follow(worker.task().linkedNames(linked, worker.plan(), worker.ranks()));
        }
        return batching.count();
    }

    /** Counts an entry that is not left out; returns whether it can be copied. */
    private boolean isFound(ListingContext worker, Entry entry, ItemResult result) {
        if (isExcluded(worker, entry) || (!entry.isDirectory() && isLeft(worker, entry, result))) {
            return false;
        }
        result.count(Counter.SCANNED, 1);
        if (entry.outcome() == Outcome.DONE) {
            return true;
        }
        byte[] shown = worker.roots().showSource(root, path.child(entry.name()));
        Fault fault = new Fault(shown, entry.operation(), entry.error());
        result.fault(worker.roots().judged(fault, root, path.child(entry.name()), null));
        noteUnread(path.child(entry.name()), worker, result);
        return false;
    }

    private void noteUnread(TreePath unread, ListingContext worker, ItemResult result) {
        if (worker.digester() != null) {
            worker.digester().addUnread(root, unread, result);
        }
    }
}

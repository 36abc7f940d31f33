package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Roots;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * A directory in a dry run: looks at the target, prints what would be done, and counts it as done. Nothing is touched.
 */
record DryRunDirectory(int root, TreePath path, byte[] record) {

    /**
     * Prints whether a directory would be created, or which attributes of an existing one would be set. Returns whether
     * it could be filled.
     */
    boolean enter(boolean isListedNext, WorkerContext worker, ItemResult result) {
        Roots roots = worker.roots();
        byte[] shown = roots.showTarget(root, path);
        int making;
        try {
            making = making(worker);
        } catch (FileException e) {
            result.fault(
                    new Fault(shown, e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR, e.errno()));
            return false;
        }
        result.count(making == 0 ? Counter.UP_TO_DATE : Counter.DIRECTORIES, 1);
        boolean isKept = making == 0 && worker.plan().existing() == ExistingPolicy.KEEP;
        int faults = result.faults.size();
        int setting = isKept ? 0 : changes(making == 0, isListedNext, worker, result);
        result.faultsAreLateFrom(faults); // Directories are finished after the deletions.
        ChangeLines.tell(root, path, Entry.of(record), making | setting, worker, result);
        return true;
    }

    /** How the directory would be made, see {@link Changes}; 0 if it exists. */
    private int making(WorkerContext worker) throws FileException {
        Place place = worker.roots().root(root).target();
        if (path.isTop() && place.isInItself()) {
            return 0;
        }
        byte[] name = path.isTop() ? place.name() : path.name();
        try (Directory parent = worker.roots().openTargetIfThere(root, path.isTop() ? null : path.parent())) {
            Entry present = parent == null ? null : parent.describeIfThere(name);
            if (parent == null) {
                return Changes.MADE;
            } else if (present == null) {
                parent.checkRoom(Operation.MKDIR);
                return Changes.MADE;
            } else if (worker.plan().existing() == ExistingPolicy.REFUSE) {
                throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
            }
            TakenNames.refuse(root, path, parent, name, worker);
            if (!present.isDirectory()) {
                if (parent.keeps(worker.direct(record), name, true, worker.context())) {
                    throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
                }
                parent.checkRemoval(Operation.MKDIR, name);
                return Changes.MADE | Changes.REPLACED | Changes.OTHER_TYPE;
            }
            return 0;
        }
    }

    /**
     * The changes that {@link PendingDirectory#finish} would make, also where the source cannot be read.
     *
     * @return what would be set of an existing directory, see {@link Changes}
     */
    private int changes(boolean isThere, boolean isListedNext, WorkerContext worker, ItemResult result) {
        PendingDirectory metadata = new PendingDirectory(root, path, record);
        try (Directory source = metadata.openSource(worker)) {
            return changes(metadata, isThere, source, worker, result);
        } catch (FileException e) {
            if (!isListedNext) {
                result.fault(Fault.of(worker.roots().showSource(root, path), e));
            }
            return changes(metadata, isThere, null, worker, result);
        }
    }

    private static int changes(
            PendingDirectory metadata,
            boolean isThere,
            @Nullable Directory source,
            WorkerContext worker,
            ItemResult result) {
        Roots roots = worker.roots();
        try (Directory target = isThere ? roots.openTargetIfThere(metadata.root(), metadata.path()) : null) {
            ByteBuffer record = worker.direct(metadata.record());
            int changes = Directory.differenceBetween(source, target, record, worker.context());
            worker.faultIfMissed(metadata.root(), metadata.path(), result);
            return changes;
        } catch (FileException e) {
            result.fault(roots.fault(metadata.root(), metadata.path(), metadata.record(), e));
            return 0;
        }
    }
}

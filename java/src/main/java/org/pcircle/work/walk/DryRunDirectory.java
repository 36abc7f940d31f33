package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
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
import org.pcircle.work.DryRunLines;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Roots;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkerContext;

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
        boolean isThere;
        try {
            isThere = isThere(worker);
        } catch (FileException e) {
            result.fault(
                    new Fault(shown, e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR, e.errno()));
            return false;
        }
        result.count(isThere ? Counter.UP_TO_DATE : Counter.DIRECTORIES, 1);
        DryRunLines lines = DryRunLines.anywhere(result);
        boolean isKept = isThere && worker.plan().existing() == ExistingPolicy.KEEP;
        int kinds = isKept ? 0 : changes(isThere, isListedNext, worker, result);
        if (isThere) {
            lines.change(kinds, shown);
        } else {
            lines.make(Entry.of(record), shown);
        }
        lines.end();
        return true;
    }

    private boolean isThere(WorkerContext worker) throws FileException {
        Place place = worker.roots().root(root).target();
        if (path.isTop() && place.isInItself()) {
            return true;
        }
        byte[] name = path.isTop() ? place.name() : path.name();
        try (Directory parent = worker.roots().openTargetIfThere(root, path.isTop() ? null : path.parent())) {
            Entry present = parent == null ? null : parent.describeIfThere(name);
            if (parent == null) {
                return false;
            } else if (present == null) {
                parent.checkRoom(Operation.MKDIR);
                return false;
            } else if (worker.plan().existing() == ExistingPolicy.REFUSE) {
                throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
            }
            TakenNames.refuse(root, path, parent, name, worker);
            if (!present.isDirectory()) {
                if (parent.keeps(worker.direct(record), name, true, worker.context())) {
                    throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
                }
                parent.checkRemoval(Operation.MKDIR, name);
                return false;
            }
            return true;
        }
    }

    /**
     * The changes that {@link PendingDirectory#finish} would make, also where the source cannot be read.
     *
     * @return the kinds of attributes that would be set on an existing directory, as bits
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
            int kinds = Directory.differenceBetween(source, target, record, worker.context());
            worker.faultIfMissed(metadata.root(), metadata.path(), result);
            return kinds;
        } catch (FileException e) {
            result.fault(roots.fault(metadata.root(), metadata.path(), metadata.record(), e));
            return 0;
        }
    }
}

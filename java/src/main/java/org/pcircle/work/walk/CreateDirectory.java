package org.pcircle.work.walk;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * The target of a directory that a copy enters: created, or used if it exists and the user allows that.
 *
 * @param path of the directory in the tree of its root
 * @param record of the directory in the source
 */
public record CreateDirectory(int root, TreePath path, byte[] record) {

    /** Until it is finished, a directory is accessible to its owner only. */
    private static final int MODE_WHILE_FILLED = 0700;

    private static final byte[] ITSELF = {'.'};

    /**
     * Creates the directory in the target, or, in a dry run, looks at it.
     *
     * @param isListedNext whether it is listed next, which reports an unreadable directory
     * @return whether its contents can be processed
     */
    public boolean enter(boolean isListedNext, WorkerContext worker, ItemResult result) {
        if (isTargetItself(worker, result)) {
            return false;
        }
        if (worker.plan().task().dryRun()) {
            return new DryRunDirectory(root, path, record).enter(isListedNext, worker, result);
        }
        if (!makeTarget(worker, result)) {
            return false;
        }
        WalkDirectory.sign(root, path, record, worker, result);
        return true;
    }

    /** Whether it is the top of the target, which would be copied into itself; reports it if so. */
    private boolean isTargetItself(WorkerContext worker, ItemResult result) {
        if (path.isTop() || !worker.isListed(root, record)) {
            return false;
        }
        try {
            if (!worker.roots().isTargetTop(root, Entry.of(record))) {
                return false;
            }
            result.fault(new Fault(worker.roots().showSource(root, path), Operation.NESTED, 0));
        } catch (FileException e) {
            result.fault(Fault.of(worker.roots().showTarget(root, TreePath.TOP), e));
        }
        return true;
    }

    private boolean makeTarget(WorkerContext worker, ItemResult result) {
        try {
            Made made = make(worker, result);
            result.tell(worker.rank(), new DirectoryMade(made.pending()));
            if (made.pending().isFinishedLikeSource()
                    && worker.plan().copy().preserve().layout() == Layout.PRESERVE
                    && worker.roots().haveLayouts(root)) {
                copyDefaultLayout(worker, result);
            }
            result.count(made.isNew() ? Counter.DIRECTORIES : Counter.UP_TO_DATE, 1);
            return true;
        } catch (FileException e) {
            Operation operation = e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR;
            Fault fault = new Fault(worker.roots().showTarget(root, path), operation, e.errno());
            if (worker.context().gaveUp(e)) {
                result.spawned.add(new WalkDirectory(root, path, record));
            } else if (e.isDestinationFull()) {
                result.full(fault);
                result.spawned.add(new WalkDirectory(root, path, record));
            } else {
                result.fault(fault);
            }
            return false;
        }
    }

    /** Copies Lustre's default layout, before anything is created in the directory. */
    private void copyDefaultLayout(WorkerContext worker, ItemResult result) throws FileException {
        try (Directory source = worker.roots().openSource(root, path);
                Directory target = worker.roots().openTarget(root, path)) {
            source.copyDefaultLayout(target, worker.plan().existing() != ExistingPolicy.REFUSE, worker.context());
            worker.faultIfMissed(root, path, result);
        }
    }

    /**
     * A directory of the target.
     *
     * @param pending how it is finished
     * @param isNew whether this run has made it, in this attempt or an earlier one
     */
    private record Made(PendingDirectory pending, boolean isNew) {}

    /** Creates the directory, or opens an existing one for its owner, and tells that. */
    private Made make(WorkerContext worker, ItemResult result) throws FileException {
        Place target = worker.roots().root(root).target();
        boolean isThere = path.isTop() && target.isInItself();
        byte[] name = isThere ? new byte[0] : path.isTop() ? target.name() : path.name();
        try (Directory parent = worker.roots().openTarget(root, path.isTop() ? null : path.parent())) {
            int making = isThere ? 0 : make(parent, name, worker);
            boolean made = making != 0;
            boolean isNew = made || isOfEarlierAttempt(parent, name, worker);
            boolean isFinished = isNew || worker.plan().existing() != ExistingPolicy.KEEP;
            int changes = isNew && !made ? Changes.MADE | Changes.MADE_BEFORE : making;
            if (!isNew && isFinished) {
                changes = changes(worker);
            }
            PendingDirectory pending = isFinished
                    ? new PendingDirectory(root, path, withFinalMode(parent, name, made, worker))
                    : PendingDirectory.asItIs(root, path, parent.describe(isThere ? ITSELF : name));
            if (!made && !isThere) {
                parent.letOwnerFill(name);
            }
            ChangeLines.tell(root, path, Entry.of(record), changes, worker, result);
            return new Made(pending, isNew);
        }
    }

    private byte[] withFinalMode(Directory parent, byte[] name, boolean made, WorkerContext worker)
            throws FileException {
        byte[] finished = record.clone();
        int mode = Entry.of(record).mode();
        if (!worker.plan().copy().preserve().keepsModes()) {
            mode = parent.targetMode(name, mode, made, worker.context());
        }
        Entry.of(finished).permissions(mode);
        return finished;
    }

    /**
     * Whether an earlier attempt has made a directory that is there: if no others were accepted, it has. On a file system
     * without birth times a directory that others were accepted beside counts as found.
     */
    private static boolean isOfEarlierAttempt(Directory parent, byte[] name, WorkerContext worker)
            throws FileException {
        return worker.plan().isResumed()
                && (worker.plan().copy().existing().policy() == ExistingPolicy.REFUSE
                        || parent.isOfThisRun(name, worker.context()));
    }

    /**
     * What will be set of the existing directory when it is finished, if anybody asks: it is told now, as filling the
     * directory changes its times. What cannot be read is reported when it is set.
     */
    private int changes(WorkerContext worker) {
        if (worker.changes() == null) {
            return 0;
        }
        PendingDirectory metadata = new PendingDirectory(root, path, record);
        try (Directory source = openSource(metadata, worker);
                Directory target = worker.roots().openTargetIfThere(root, path)) {
            return target == null
                    ? 0
                    : Directory.changesBetween(source, target, worker.direct(record), worker.context());
        } catch (FileException e) {
            return 0;
        }
    }

    private static @Nullable Directory openSource(PendingDirectory metadata, WorkerContext worker) {
        try {
            return metadata.openSource(worker);
        } catch (FileException e) {
            return null; // Listing it, or setting the attributes, reports that.
        }
    }

    /**
     * Creates the directory. An existing directory is used; any other entry is replaced if the user allows that and it
     * is not kept.
     *
     * @return how it was made, see {@link Changes}; 0 if it existed
     */
    private int make(Directory parent, byte[] name, WorkerContext worker) throws FileException {
        try {
            parent.makeDirectory(name, MODE_WHILE_FILLED);
            return Changes.MADE;
        } catch (FileException e) {
            if (worker.plan().existing() == ExistingPolicy.REFUSE || e.errno() != Errno.EEXIST.number()) {
                throw e;
            }
        }
        TakenNames.refuse(root, path, parent, name, worker);
        if (parent.isDirectory(name)) {
            return 0;
        } else if (parent.keeps(worker.direct(record), name, false, worker.context())) {
            throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
        }
        parent.unlink(name);
        parent.makeDirectory(name, MODE_WHILE_FILLED);
        return Changes.MADE | Changes.REPLACED | Changes.OTHER_TYPE;
    }
}

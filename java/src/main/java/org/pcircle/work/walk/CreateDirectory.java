package org.pcircle.work.walk;

import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkerContext;

/**
 * The target of a directory that a copy enters: created, or used if it exists and the user allows that.
 *
 * @param path of the directory in the tree of its root
 * @param record of the directory in the source
 */
public record CreateDirectory(int root, TreePath path, byte[] record) {

    /** Until it is finished, a directory is accessible to its owner only. */
    private static final int MODE_WHILE_FILLED = 0700;

    /**
     * Creates the directory in the target, or, in a dry run, prints that.
     *
     * @param isListedNext whether it is listed next, which reports an unreadable directory
     * @return whether its contents can be processed
     */
    public boolean enter(boolean isListedNext, WorkerContext bench, ItemResult result) {
        if (isTargetItself(bench, result)) {
            return false;
        }
        if (bench.plan().task().dryRun()) {
            return new DryRunDirectory(root, path, record).enter(isListedNext, bench, result);
        }
        if (!makeTarget(bench, result)) {
            return false;
        }
        WalkDirectory.countEntered(root, path, record, bench, result);
        return true;
    }

    /** Whether it is the top of the target, which would be copied into itself; reports it if so. */
    private boolean isTargetItself(WorkerContext bench, ItemResult result) {
        if (path.isTop() || !bench.isListed(root, record)) {
            return false;
        }
        try {
            if (!bench.roots().isTargetTop(root, Entry.of(record))) {
                return false;
            }
            result.fault(new Fault(bench.roots().showSource(root, path), Operation.NESTED, 0));
        } catch (FileException e) {
            result.fault(Fault.of(bench.roots().showTarget(root, TreePath.TOP), e));
        }
        return true;
    }

    private boolean makeTarget(WorkerContext bench, ItemResult result) {
        try {
            byte[] settled = record.clone();
            Entry.of(settled).permissions(make(bench));
            result.tell(bench.rank(), new DirectoryMade(new PendingDirectory(root, path, settled)));
            if (bench.plan().copy().preserve().layout() == Layout.PRESERVE
                    && bench.roots().haveLayouts(root)) {
                copyDefaultLayout(bench, result);
            }
            return true;
        } catch (FileException e) {
            Operation operation = e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR;
            Fault fault = new Fault(bench.roots().showTarget(root, path), operation, e.errno());
            if (bench.context().gaveUp(e)) {
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
    private void copyDefaultLayout(WorkerContext bench, ItemResult result) throws FileException {
        try (Directory source = bench.roots().openSource(root, path);
                Directory target = bench.roots().openTarget(root, path)) {
            source.copyDefaultLayout(target, bench.plan().existing() != ExistingPolicy.REFUSE, bench.context());
            bench.faultIfMissed(root, path, result);
        }
    }

    /** Returns the final permission bits of the directory. */
    private int make(WorkerContext bench) throws FileException {
        Place target = bench.roots().root(root).target();
        boolean isThere = path.isTop() && target.isInItself();
        byte[] name = isThere ? new byte[0] : path.isTop() ? target.name() : path.name();
        try (Directory parent = bench.roots().openTarget(root, path.isTop() ? null : path.parent())) {
            boolean made = !isThere && make(parent, name, bench);
            int mode = Entry.of(record).mode();
            if (!bench.plan().copy().preserve().keepsModes()) {
                mode = parent.settledMode(name, mode, made, bench.context());
            }
            if (!made && !isThere) {
                parent.letOwnerFill(name);
            }
            return mode;
        }
    }

    /**
     * Creates the directory. An existing directory is used; any other entry is replaced if the user allows that.
     *
     * @return false if it existed
     */
    private boolean make(Directory parent, byte[] name, WorkerContext bench) throws FileException {
        try {
            parent.makeDirectory(name, MODE_WHILE_FILLED);
            return true;
        } catch (FileException e) {
            if (bench.plan().existing() == ExistingPolicy.REFUSE || e.errno() != Errno.EEXIST.number()) {
                throw e;
            }
        }
        TakenNames.refuse(root, path, parent, name, bench);
        if (parent.isDirectory(name)) {
            return false;
        }
        parent.unlink(name);
        parent.makeDirectory(name, MODE_WHILE_FILLED);
        return true;
    }
}

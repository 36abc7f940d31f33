package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Layout;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.plan.Task;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Creates a directory in the target, if the command copies, and lists the source's.
 *
 * @param path of the directory in the tree of its root
 * @param record of the directory in the source
 */
public record WalkDirectory(int root, TreePath path, byte[] record) implements WorkItem {

    /** Number of entries that a directory is assumed to have until it is listed. */
    private static final int ENTRIES_EXPECTED = 64;

    /** Until it is finished, a directory is accessible to its owner only. */
    private static final int MODE_WHILE_FILLED = 0700;

    @Override
    public void run(WorkerContext bench, ItemResult result) {
        boolean isListedNext = bench.isListed(root, record);
        if (enter(isListedNext, bench, result) && isListedNext && isMounted(bench, result)) {
            boolean isRead = new ListDirectory(root, path).list(bench, result);
            if (!isRead) {
                result.notices.replaceAll(this::withoutSource);
            }
        } else if (result.spawned.isEmpty()) {
            result.count(Counter.SCANS_ENDED, 1);
        }
    }

    /**
     * Creates the directory in the target, or, in a dry run, prints that.
     *
     * @param isListedNext whether it is listed next, which reports an unreadable directory
     * @return whether its contents can be processed
     */
    public boolean enter(boolean isListedNext, WorkerContext bench, ItemResult result) {
        if (bench.plan().task() == Task.COPY && isTargetItself(bench, result)) {
            return false;
        }
        if (bench.plan().dryRun()) {
            return new DryRunDirectory(root, path, record).enter(isListedNext, bench, result);
        }
        boolean copies = bench.plan().task() == Task.COPY;
        if (copies && !makeTarget(bench, result)) {
            return false;
        }
        result.count(Counter.DIRECTORIES, 1);
        if (bench.signing() != null) {
            bench.signing().addDirectory(root, path, record, result);
        }
        return true;
    }

    /** The source could not be listed: a directory that was just created is finished without it. */
    private Notice.Addressed withoutSource(Notice.Addressed told) {
        return told.notice() instanceof DirectoryMade made
                        && made.directory().root() == root
                        && made.directory().path().equals(path)
                ? new Notice.Addressed(
                        told.to(), new DirectoryMade(made.directory().unread()))
                : told;
    }

    /** Whether the file system that begins here, if any, is still mounted; reports it if not. */
    private boolean isMounted(WorkerContext bench, ItemResult result) {
        boolean isMounted = bench.roots().presence().isMounted(root, path);
        if (!isMounted) {
            result.fault(new Fault(bench.roots().showSource(root, path), Operation.OPEN, Errno.ESTALE.number()));
        }
        return isMounted;
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
            if (bench.plan().preserve().layout() == Layout.PRESERVE
                    && bench.roots().haveLayouts(root)) {
                copyDefaultLayout(bench, result);
            }
            return true;
        } catch (FileException e) {
            Operation operation = e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR;
            Fault fault = new Fault(bench.roots().showTarget(root, path), operation, e.errno());
            if (bench.context().gaveUp(e)) {
                result.spawned.add(this);
            } else if (e.isDestinationFull()) {
                result.full(fault);
                result.spawned.add(this);
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
            if (!bench.plan().preserve().keepsModes()) {
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

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return ENTRIES_EXPECTED;
    }

    @Override
    public int encodedBytes() {
        return 1 + 3 * Integer.BYTES + path.bytes().length + record.length;
    }

    @Override
    public void write(ByteBuffer target) {
        target.putInt(root);
        path.write(target);
        Wire.writeBytes(record, target);
    }

    public static WalkDirectory read(ByteBuffer source) {
        return new WalkDirectory(source.getInt(), TreePath.read(source), Wire.readBytes(source));
    }
}

package org.pcircle.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Plan;
import org.pcircle.report.Fault;

/**
 * This rank's files in {@code .fcp/ID}, in the destination or in the directory that holds the destinations; for fsum,
 * in the current directory. They are created when first needed, which in a small run is never. Shared by all workers.
 */
public final class RunFiles implements AutoCloseable {

    private static final byte[] HERE = {'.'};
    private static final int IO_BYTES = 256 * 1024;

    /** Space kept free for snapshots: so much for each worker of all ranks, and the maximum. */
    private static final long ROOM_BYTES = 256 * 1024;

    private static final long ROOM_BYTES_MAX = 64L << 20;

    private final Plan plan;
    private final Roots roots;
    private final int rank;
    private final Map<String, OpenFile> spools = new HashMap<>();

    /** The spools whose files this process has created, open or not. */
    private final Set<String> made = new HashSet<>();

    /** When the run first began, by the clock of the file system of its own files; null until known. */
    private @Nullable Start start;

    /** The lock, which says that this run is alive; released just before the run's directory is removed. */
    private @Nullable OpenFile lock;

    /** Why the last attempt to begin checkpoints failed; null if it succeeded or was not made. */
    private volatile @Nullable FileException notBegun;

    private volatile @Nullable String problem;

    private volatile @Nullable String lockless;
    private volatile int committed;
    private volatile boolean isFinished;
    private volatile boolean isLeftBehind;

    /** The last flushed epoch, which holds even if hosts go down; −1 if unknown. */
    private int flushedLast = -1;

    private record Start(long seconds, int nanoseconds) {}

    /** @param lock of the run that this process holds already, taken over; null: none */
    RunFiles(Plan plan, Roots roots, int rank, @Nullable OpenFile lock) {
        this.plan = plan;
        this.roots = roots;
        this.rank = rank;
        this.lock = lock;
        CheckpointOptions.Resumption resumption = plan.options().checkpoints().resumption();
        this.committed = resumption == null ? -1 : resumption.epoch();
    }

    /** The name of the file of one of this rank's spools; each attempt has its own. */
    String fileOf(String spool) {
        return spool + "." + plan.options().checkpoints().attempt() + "." + rank;
    }

    /** The file of one of this rank's spools, empty at first. */
    public synchronized OpenFile spool(String name) throws FileException {
        OpenFile spool = spools.get(name);
        if (spool == null) {
            try (StateDirectory state = make()) {
                if (rank == 0) {
                    lock(state);
                }
                spool = made.add(name) ? state.create(fileOf(name)) : state.open(fileOf(name));
                spools.put(name, spool);
            }
        }
        return spool;
    }

    /** Opens a file of this run, perhaps of an earlier attempt; read and closed by the caller. */
    public OpenFile openToRead(String file) throws FileException {
        try (StateDirectory state = make()) {
            return state.openToRead(file);
        }
    }

    /**
     * Writes a file, replacing one of its name. An unflushed file belongs to the last checkpoint of a stopped run: if
     * the file system is full, the room kept free is used.
     *
     * @param flushed whether to flush it
     */
    void write(String file, List<ByteBuffer> blocks, boolean flushed) throws FileException {
        try {
            writeOnce(file, blocks, flushed);
        } catch (FileException e) {
            if (flushed || !Errno.isFull(e.errno())) {
                throw e;
            }
            try (StateDirectory state = make()) {
                state.removeFile(CheckpointFiles.ROOM);
            }
            writeOnce(file, blocks, flushed);
        }
    }

    private void writeOnce(String file, List<ByteBuffer> blocks, boolean flushed) throws FileException {
        ByteBuffer io = ByteBuffer.allocateDirect(IO_BYTES);
        try (StateDirectory state = make();
                OpenFile open = state.create(file)) {
            long at = 0;
            for (ByteBuffer block : blocks) {
                for (int from = 0; from < block.limit(); from += IO_BYTES) {
                    int bytes = Math.min(IO_BYTES, block.limit() - from);
                    open.write(io.put(0, block, from, bytes), bytes, at);
                    at += bytes;
                }
            }
            if (flushed) {
                open.flush();
            }
        }
    }

    /** Flushes this rank's spools. */
    void flushSpools() throws FileException {
        List<OpenFile> open;
        synchronized (this) {
            open = List.copyOf(spools.values());
        }
        for (OpenFile spool : open) {
            spool.flush();
        }
    }

    /** Closes the files of this rank's spools, so that they may be deleted. */
    public synchronized void closeSpools() {
        spools.values().forEach(OpenFile::close);
        spools.clear();
    }

    /** At rank 0: creates the run's directory, and locks it. */
    public synchronized void beginCheckpoints() {
        if (start != null) {
            return;
        }
        try (StateDirectory state = make()) {
            lock(state);
            start = startOf(state);
            keepRoom(state);
            notBegun = null;
        } catch (FileException e) {
            notBegun = e;
            problem = Fault.of(shownHolder(), e).toString();
        }
    }

    /**
     * Allocates room for the checkpoints of a run that fills the destination. If there is none, the first checkpoint
     * will report that.
     */
    private void keepRoom(StateDirectory state) throws FileException {
        try (OpenFile room = state.open(CheckpointFiles.ROOM)) {
            room.allocate(Math.min(ROOM_BYTES_MAX, plan.options().workers() * ROOM_BYTES));
        } catch (FileException e) {
            state.removeFile(CheckpointFiles.ROOM);
        }
    }

    /**
     * Begins checkpoints, and writes checkpoint 0, from which a run is resumed that has copied nothing.
     *
     * @param snapshot of rank 0, encoded for epoch 0; null: none
     */
    public synchronized void beginCheckpoints(@Nullable List<ByteBuffer> snapshot) {
        boolean hasBegun = start != null;
        beginCheckpoints();
        if (hasBegun || start == null) {
            return;
        }
        try {
            if (snapshot == null) {
                commit(new CheckpointFiles.Cut(0, 0, false, true));
            } else {
                flushSpools();
                commit(0, snapshot, true);
            }
        } catch (FileException e) {
            problem = String.valueOf(e.getMessage());
        }
    }

    /** Commits an epoch that has a snapshot of rank 0 only. */
    private void commit(int epoch, List<ByteBuffer> snapshot, boolean flushed) throws FileException {
        write(CheckpointFiles.snapshot(epoch, 0), snapshot, flushed);
        commit(new CheckpointFiles.Cut(epoch, 1, flushed, true));
    }

    /**
     * At rank 0: locks the run, unless that is done. Where files cannot be locked, the lock file stays unlocked: a user
     * who resumes the run deletes it first, and so confirms that the run is dead.
     */
    private void lock(StateDirectory state) throws FileException {
        if (lock != null) {
            return; // The run was locked when it was found, to be resumed.
        }
        OpenFile file = state.create(CheckpointFiles.LOCK);
        boolean isFree = true;
        try {
            isFree = file.lock();
        } catch (FileException e) {
            lockless = "files cannot be locked in " + PathText.shown(shownHolder()) + " (" + Errno.message(e.errno())
                    + ")";
        }
        if (!isFree) {
            file.close();
            throw new FileException(Operation.OPEN, Errno.EAGAIN.number()); // Another run of this name has just begun.
        }
        lock = file;
    }

    private Start startOf(StateDirectory state) throws FileException {
        CheckpointOptions.Resumption resumption = plan.options().checkpoints().resumption();
        if (resumption != null) {
            return new Start(resumption.startedSeconds(), resumption.startedNanoseconds());
        }
        Entry made = state.describe(CheckpointFiles.LOCK);
        return new Start(made.modifiedSeconds(), made.modifiedNanoseconds());
    }

    /** At rank 0: commits an epoch, and deletes the files of epochs older than the previous one. */
    synchronized void commit(CheckpointFiles.Cut cut) throws FileException {
        Start began = start;
        FileException failure = notBegun;
        if (began == null && failure != null) {
            throw failure;
        } else if (began == null) {
            throw new IllegalStateException("checkpoints have not begun");
        }
        Checkpoint checkpoint = new Checkpoint(
                plan.id(),
                plan.options().checkpoints().attempt(),
                cut.epoch(),
                cut.ranks(),
                cut.flushed(),
                cut.isOneHost() ? CheckpointFiles.boot() : List.of(),
                began.seconds(),
                began.nanoseconds(),
                CurrentDirectory.path(),
                plan.encode());
        String name = CheckpointFiles.checkpoint(cut.epoch());
        write(name + CheckpointFiles.NEW, List.of(checkpoint.encode()), cut.flushed());
        try (StateDirectory state = make()) {
            state.rename(name + CheckpointFiles.NEW, name, cut.flushed());
            flushedLast = cut.flushed() ? cut.epoch() : flushedLast;
            CheckpointFiles.removeOlder(state, Math.min(committed, flushedLast));
        }
        committed = cut.epoch();
    }

    /** At rank 0 of a resumed run: deletes checkpoint records that are newer than the one it resumes from. */
    public void forgetNewer() throws FileException {
        try (StateDirectory state = make()) {
            CheckpointFiles.removeRecords(state, committed + 1);
        }
    }

    /** Why checkpoints could not begin; null if they have, or if that was not tried. */
    @Nullable
    String obstacle() {
        return notBegun == null ? null : problem;
    }

    /** Why others cannot tell whether this run is alive (no locks here); null if they can, or if there are no files. */
    @Nullable
    String lockless() {
        return lockless;
    }

    /** The last problem with checkpoints; null if there was none. */
    @Nullable
    String problem() {
        return problem;
    }

    /** At rank 0: the last epoch from which the run can be resumed; −1 if there is none. */
    int committed() {
        return committed;
    }

    /** At rank 0: the epoch of the next checkpoint, if rank 0 alone takes part. */
    public int nextEpoch() {
        return committed + 1;
    }

    /**
     * At another rank: takes over the lock of rank 0, if that is gone; false if it is alive, or if there is no
     * checkpoint.
     */
    synchronized boolean takeOver() {
        try (Directory holder = holder();
                StateDirectory state = StateDirectory.open(holder, path())) {
            if (CheckpointFiles.all(state).isEmpty()) {
                return false;
            }
            OpenFile file = state.open(CheckpointFiles.LOCK);
            lock = file;
            return file.lock();
        } catch (FileException | SpoolBlock.DamagedException e) {
            return false; // Then it is unknown whether the run can be resumed.
        }
    }

    /** Opens this run's directory, which must exist. */
    public StateDirectory open() throws FileException {
        try (Directory holder = holder()) {
            return StateDirectory.open(holder, path());
        }
    }

    /** This run's directory, as the user would write it. */
    public byte[] shown() {
        return TreePath.join(shownHolder(), String.join("/", path()).getBytes(UTF_8));
    }

    /** Opens this run's directory, and creates it if necessary. */
    StateDirectory make() throws FileException {
        try (Directory holder = holder()) {
            return StateDirectory.make(holder, path());
        }
    }

    /**
     * At rank 0: deletes the run's files, of all ranks, which have closed theirs. With {@code all} the run can be
     * resumed until only a few names are left. Without it, it cannot be resumed from the first deletion on: checkpoint
     * records are deleted first, so there is never a checkpoint that lacks its files, and the lock is released last.
     *
     * @param all snapshot for a run that is resumed only to end, encoded for {@link #nextEpoch}; null if it cannot be
     */
    public synchronized void removeAll(@Nullable List<ByteBuffer> all) throws FileException {
        if (plan.isResumed()) {
            beginCheckpoints();
        }
        closeSpools();
        if (start != null) {
            if (all != null) {
                commitLast(all);
            }
            try (StateDirectory state = make()) {
                CheckpointFiles.removeRecords(state, 0);
            }
        }
        removeAll();
        isFinished = true;
    }

    private void commitLast(List<ByteBuffer> all) {
        int epoch = nextEpoch();
        try {
            commit(epoch, all, false);
            try (StateDirectory state = make()) {
                CheckpointFiles.removeAllBut(state, epoch);
            }
        } catch (FileException e) {
            problem = e.getMessage(); // Everything is done: the checkpoint is not needed.
        }
    }

    /** Deletes the remaining files and the directory. */
    public synchronized void removeAll() throws FileException {
        close();
        try (Directory holder = holder()) {
            isLeftBehind = !StateDirectory.remove(holder, path());
        }
        committed = -1;
    }

    /**
     * Whether the run's directory could not be removed because another process has a file of it open; nothing else is
     * in it.
     */
    boolean isLeftBehind() {
        return isLeftBehind;
    }

    /** Whether the run is complete but for its report. */
    boolean isFinished() {
        return isFinished;
    }

    /** The path of the directory that holds the run's directory, as the user would write it. */
    public byte[] shownHolder() {
        byte[] chosen = plan.options().checkpoints().directory();
        if (chosen.length > 0) {
            return isResumedElsewhere() ? new TreePath(chosen).parent().bytes() : chosen;
        }
        if (!plan.task().hasTargets()) {
            return HERE;
        }
        return plan.isOneDirectory()
                ? roots.showTarget(0, TreePath.TOP)
                : plan.roots().get(0).target().base();
    }

    @Override
    public synchronized void close() {
        closeSpools();
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Whether this is a run of fsum that is resumed in another current directory than it was begun in. */
    private boolean isResumedElsewhere() {
        byte[] holder = new TreePath(plan.options().checkpoints().directory()).name();
        return !plan.task().hasTargets()
                && Arrays.equals(holder, plan.stateName().getBytes(UTF_8));
    }

    private List<String> path() {
        boolean isChosen = plan.options().checkpoints().directory().length > 0 && !isResumedElsewhere();
        return isChosen ? List.of(plan.id()) : List.of(plan.stateName(), plan.id());
    }

    /** Opens the directory that holds the run's directory. */
    Directory holder() throws FileException {
        boolean isInDestination = plan.options().checkpoints().directory().length == 0
                && plan.task().hasTargets();
        return isInDestination
                ? roots.openTarget(0, plan.isOneDirectory() ? TreePath.TOP : null)
                : Directory.open(shownHolder());
    }
}

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
import org.pcircle.plan.Checkpoints;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Task;
import org.pcircle.report.Fault;

/**
 * This rank's files below {@code .fcp/ID}: in the destination directory, or in the directory that holds the destinations; if
 * nothing is copied, in the current directory.
 * They are made when they are first needed, which in a small run is never. Shared by all workers.
 */
final class RankState implements AutoCloseable {

    private static final byte[] HERE = {'.'};
    private static final int IO_BYTES = 256 * 1024;

    /** What a snapshot may need, for each worker of all ranks; and what is kept free for all snapshots at most. */
    private static final long ROOM_BYTES = 256 * 1024;

    private static final long ROOM_BYTES_MAX = 64L << 20;

    private final Plan plan;
    private final Roots roots;
    private final int rank;
    private final Map<String, OpenFile> spools = new HashMap<>();

    /** The spools whose files this process has made, open or not. */
    private final Set<String> made = new HashSet<>();

    /** When the run first began, by the clock of the file system that its own files are on; null until that is known. */
    private @Nullable Start start;

    /** What says that this run is alive; given up just before the run's directory goes. */
    private @Nullable OpenFile lock;

    /** Why checkpoints could not begin when that was last tried; null if they have, or nobody has tried. */
    private volatile @Nullable FileException notBegun;

    private volatile @Nullable String problem;

    private volatile @Nullable String lockless;
    private volatile int committed;
    private volatile boolean isFinished;
    private volatile boolean isLeftBehind;

    /** The last epoch that holds whatever becomes of the hosts; none as long as it is not known. */
    private int flushedLast = -1;

    private record Start(long seconds, int nanoseconds) {}

    /** @param lock that this process has on the run already, which is taken over; null: none */
    RankState(Plan plan, Roots roots, int rank, @Nullable OpenFile lock) {
        this.plan = plan;
        this.roots = roots;
        this.rank = rank;
        this.lock = lock;
        Checkpoints.Resumption resumption = plan.checkpoints().resumption();
        this.committed = resumption == null ? -1 : resumption.epoch();
    }

    /** What the file of one of this rank's spools is called; a resumed run has others. */
    String fileOf(String spool) {
        return spool + "." + plan.checkpoints().attempt() + "." + rank;
    }

    /** The file of one of this rank's spools, empty at first. */
    synchronized OpenFile spool(String name) throws FileException {
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

    /** A file of this run, perhaps of an earlier part of it, to be read and closed by the caller. */
    OpenFile openToRead(String file) throws FileException {
        try (StateDirectory state = make()) {
            return state.openToRead(file);
        }
    }

    /**
     * Writes a file, in place of one that has its name. What is not flushed is written when a run has been stopped: then nobody else
     * would take the room that is kept free, so it is used if there is no other.
     *
     * @param flushed whether to return only when it is on its device or server
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

    /** Returns when what has been written to this rank's spools is on its device or server. */
    void flushSpools() throws FileException {
        List<OpenFile> open;
        synchronized (this) {
            open = List.copyOf(spools.values());
        }
        for (OpenFile spool : open) {
            spool.flush();
        }
    }

    /** Closes the files of this rank's spools, so that they may be taken away. */
    synchronized void closeSpools() {
        spools.values().forEach(OpenFile::close);
        spools.clear();
    }

    /** At rank 0: makes the place where the run's own files are, and locks it. */
    synchronized void beginCheckpoints() {
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

    /** Keeps room free for the checkpoints of a run that fills the destination, if there is any; if not, the first of them says so. */
    private void keepRoom(StateDirectory state) throws FileException {
        try (OpenFile room = state.open(CheckpointFiles.ROOM)) {
            room.allocate(Math.min(ROOM_BYTES_MAX, plan.workers() * ROOM_BYTES));
        } catch (FileException e) {
            state.removeFile(CheckpointFiles.ROOM);
        }
    }

    /**
     * Likewise, and writes the checkpoint from which a run is resumed that has copied nothing.
     *
     * @param snapshot of rank 0 that it needs, encoded for epoch 0; null: none
     */
    synchronized void beginCheckpoints(@Nullable List<ByteBuffer> snapshot) {
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

    /** Makes an epoch valid that has a snapshot of rank 0 alone. */
    private void commit(int epoch, List<ByteBuffer> snapshot, boolean flushed) throws FileException {
        write(CheckpointFiles.snapshot(epoch, 0), snapshot, flushed);
        commit(new CheckpointFiles.Cut(epoch, 1, flushed, true));
    }

    /**
     * At rank 0: locks what the run writes down, unless that is done. Where files cannot be locked the file stays, unlocked: whoever
     * wants to go on with the run takes it away first, and so says that the run is dead, which nothing else can tell.
     */
    private void lock(StateDirectory state) throws FileException {
        if (lock != null) {
            return; // Whoever has found the run has locked it.
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
        Checkpoints.Resumption resumption = plan.checkpoints().resumption();
        if (resumption != null) {
            return new Start(resumption.startedSeconds(), resumption.startedNanoseconds());
        }
        Entry made = state.describe(CheckpointFiles.LOCK);
        return new Start(made.modifiedSeconds(), made.modifiedNanoseconds());
    }

    /** At rank 0: makes an epoch valid, and takes away what is older than the one before. */
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
                plan.checkpoints().attempt(),
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

    /** At rank 0 of a resumed run: takes away what says that there is a newer checkpoint than the one that it goes on from. */
    void forgetNewer() throws FileException {
        try (StateDirectory state = make()) {
            CheckpointFiles.removeRecords(state, committed + 1);
        }
    }

    /** Why checkpoints could not begin, though they should have; null if they have, or nobody has tried. */
    @Nullable
    String obstacle() {
        return notBegun == null ? null : problem;
    }

    /** Why nobody else can tell whether this run is alive; null if it can be told, or nothing is written down. */
    @Nullable
    String lockless() {
        return lockless;
    }

    /** Why there are no checkpoints, or not such as one would expect; null if all is well. */
    @Nullable
    String problem() {
        return problem;
    }

    /** At rank 0: the last epoch from which the run can be resumed; −1 if there is none. */
    int committed() {
        return committed;
    }

    /** At rank 0: the epoch of the checkpoint that it would make valid next, if nobody else is to take part. */
    int nextEpoch() {
        return committed + 1;
    }

    /** At another rank: takes the lock of rank 0 over, which is gone; false if it is not, or if there is no checkpoint. */
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
            return false; // Whether somebody could go on from it is not known then.
        }
    }

    /** Opens this run's directory, which must be there. */
    StateDirectory open() throws FileException {
        try (Directory holder = holder()) {
            return StateDirectory.open(holder, path());
        }
    }

    /** This run's directory, as the user would write it. */
    byte[] shown() {
        return TreePath.join(shownHolder(), String.join("/", path()).getBytes(UTF_8));
    }

    /** Opens this run's directory, and makes it if nobody has yet. */
    StateDirectory make() throws FileException {
        try (Directory holder = holder()) {
            return StateDirectory.make(holder, path());
        }
    }

    /**
     * At rank 0: takes all that the run has written down away, of all ranks, which have closed their files. Until only a few names are
     * left, it can be resumed, or, where it needs what is taken away here, from the first moment on it cannot. Then there is no
     * checkpoint, rather than one that lacks its files; so nobody can go on with it either once its lock is given up.
     *
     * @param all the snapshot of a run that is resumed only to do this, encoded for {@link #nextEpoch}; null if it cannot be
     */
    synchronized void removeAll(@Nullable List<ByteBuffer> all) throws FileException {
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
            problem = e.getMessage(); // All is done: there is nothing that it would be needed for.
        }
    }

    /** Takes what is left away. */
    synchronized void removeAll() throws FileException {
        close();
        try (Directory holder = holder()) {
            isLeftBehind = !StateDirectory.remove(holder, path());
        }
        committed = -1;
    }

    /** Whether the run's directory could not be taken away since somebody else has a file of it open; nothing else is in it. */
    boolean isLeftBehind() {
        return isLeftBehind;
    }

    /** Whether nothing is left to do of the run but to say so. */
    boolean isFinished() {
        return isFinished;
    }

    /** The path of the directory that holds the state, as the user would write it. */
    byte[] shownHolder() {
        byte[] chosen = plan.checkpoints().directory();
        if (chosen.length > 0) {
            return isGoneOnWithFromElsewhere() ? new TreePath(chosen).parent().bytes() : chosen;
        }
        if (plan.task() == Task.SUM) {
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

    /** Whether this is a sum whose usual place is not in the current directory, but in the one that it was begun in. */
    private boolean isGoneOnWithFromElsewhere() {
        byte[] holder = new TreePath(plan.checkpoints().directory()).name();
        return plan.task() == Task.SUM && Arrays.equals(holder, plan.stateName().getBytes(UTF_8));
    }

    private List<String> path() {
        boolean isChosen = plan.checkpoints().directory().length > 0 && !isGoneOnWithFromElsewhere();
        return isChosen ? List.of(plan.id()) : List.of(plan.stateName(), plan.id());
    }

    /** A directory that was made for the destination, or that the user has named. */
    Directory holder() throws FileException {
        boolean isInDestination = plan.checkpoints().directory().length == 0 && plan.task() != Task.SUM;
        return isInDestination
                ? roots.openTarget(0, plan.isOneDirectory() ? TreePath.TOP : null)
                : Directory.open(shownHolder());
    }
}

package org.pcircle.work.largefile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.FileSum;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.SlowWorkLog;

/**
 * The large files that a rank owns, each with the set of its remaining bytes. A range may be reported twice; it is
 * subtracted once. Used by the rank's own thread.
 */
public final class LargeFileTable {

    private final Map<Long, State> open = new HashMap<>();
    private final long[] counters;
    private final SlowWorkLog slow;
    private long lastNumber;

    private static final class State {
        final LargeFile file;
        final IntervalSet remaining;
        final long openedNs = System.nanoTime();
        boolean failed;

        @Nullable
        FileSum sum;

        State(LargeFile file, long bytesToDo) {
            this.file = file;
            this.remaining = new IntervalSet(0, bytesToDo);
        }

        LargeFileState saved() {
            FileSum copy = null;
            FileSum now = sum;
            if (now != null) {
                copy = new FileSum(now.algorithm());
                copy.add(now);
            }
            return new LargeFileState(file, failed, remaining.intervals(), copy);
        }
    }

    /**
     * @param counters of the rank
     * @param slow receives how long each file was open
     */
    public LargeFileTable(long[] counters, SlowWorkLog slow) {
        this.counters = counters;
        this.slow = slow;
    }

    /** The state of all incomplete files, as it is now. */
    public List<LargeFileState> saved() {
        List<LargeFileState> states = new ArrayList<>();
        for (State state : open.values()) {
            states.add(state.saved());
        }
        return states;
    }

    /** Takes over a file of an earlier attempt, and returns the item that resumes it. */
    public Item resume(LargeFileState saved, int rank) {
        LargeFileState numbered = saved.ownedBy(rank, ++lastNumber);
        State state = new State(numbered.file(), 0);
        saved.remaining().forEach(interval -> state.remaining.add(interval.from(), interval.to()));
        state.failed = saved.failed();
        state.sum = saved.sum();
        open.put(lastNumber, state);
        return new ResumeLargeFile(numbered);
    }

    /** Takes a file over, and returns the item that processes it. */
    public Item open(LargeFile file, boolean isFilled) {
        return isFilled ? openFilled(file) : open(file);
    }

    /** Takes a file over and returns the item that copies or reads all of it. */
    public Item open(LargeFile file) {
        LargeFile numbered = takeOver(file, file.bytes());
        return new CopyRange(numbered, 0, numbered.bytes());
    }

    /** Takes over a file that has all its data and returns the item that finishes it. */
    Item openFilled(LargeFile file) {
        return new FinishLargeFile(takeOver(file, 0), false, null);
    }

    private LargeFile takeOver(LargeFile file, long bytesToDo) {
        LargeFile numbered = file.ownedBy(file.owner(), ++lastNumber);
        open.put(numbered.number(), new State(numbered, bytesToDo));
        return numbered;
    }

    /** A range is done, or has failed. One fault is reported for each file, but every range that differs. */
    public Effects settle(RangeDone range) {
        boolean hadFailed = state(range).failed;
        Item finish = done(range);
        Fault fault = range.fault();
        if (fault != null && !hadFailed) {
            Counter.of(fault).add(counters, 1);
        }
        boolean isTold = fault != null && (!hadFailed || fault.isMismatch());
        return new Effects(
                finish == null ? List.of() : List.of(finish),
                isTold ? List.of(new Notice.Addressed(0, new FaultsFound(List.of(fault)))) : List.of());
    }

    /** A range is done. Returns the item that finishes the file if it was the last one, else null. */
    @Nullable
    Item done(RangeDone range) {
        State state = state(range);
        state.failed |= range.fault() != null;
        boolean wasOpen = !state.remaining.isEmpty();
        long taken = state.remaining.subtract(range.from(), range.to());
        if (range.sum() != null && taken > 0) {
            addSum(state, range.sum(), taken == range.to() - range.from());
        }
        if (!wasOpen || !state.remaining.isEmpty()) {
            return null;
        }
        return ResumeLargeFile.end(state.saved());
    }

    /** A sum cannot be taken apart: ranges that are done twice must have been cut in the same places. */
    private static void addSum(State state, FileSum sum, boolean isNew) {
        if (!isNew) {
            throw new IllegalStateException("a range overlaps one that is done");
        }
        if (state.sum == null) {
            state.sum = sum;
        } else {
            state.sum.add(sum);
        }
    }

    /** A file has been finished, successfully or not. */
    public void close(LargeFile file) {
        State state = open.remove(file.number());
        long ns = state == null ? 0 : System.nanoTime() - state.openedNs;
        slow.note(file.root(), file.path(), 1, file.bytes(), ns);
    }

    /** The incomplete files. */
    public List<LargeFile> unfinished() {
        List<LargeFile> files = new ArrayList<>();
        for (State state : open.values()) {
            files.add(state.file);
        }
        return files;
    }

    private State state(RangeDone range) {
        State state = open.get(range.file());
        if (state == null) {
            throw new IllegalStateException("range of file " + range.file() + ", which is not open");
        }
        return state;
    }
}

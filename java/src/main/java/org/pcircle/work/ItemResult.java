package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.FileSizes;

/** The result of one item: filled by a worker, then passed as a whole to the rank's thread. */
public final class ItemResult {

    public final List<Item> spawned = new ArrayList<>();
    public final List<Notice.Addressed> notices = new ArrayList<>();
    public final List<Fault> faults = new ArrayList<>();

    /** Faults of a dry run that a run would find after its deletions. */
    public final List<Fault> lateFaults = new ArrayList<>();

    /** The sum of entries to add to the signature; null if none. */
    @Nullable
    public DatasetSum signed;

    /** The work that is timed; null if the item is not. */
    @Nullable
    public Timed timed;

    /** Duration of the item in nanoseconds. */
    public long ns;

    public final long[] counters = new long[Counter.COUNT];

    /**
     * A piece of work whose duration is recorded.
     *
     * @param path of the directory of its entries, or of its only entry
     */
    public record Timed(int root, TreePath path, int entries, long dataBytes) {}

    private @Nullable Fault full;
    private @Nullable Fault broken;

    /** Sends a notice to a rank. */
    public void tell(int rank, Notice notice) {
        notices.add(new Notice.Addressed(rank, notice));
    }

    /** Adds what follows from the item. */
    public void follow(Effects effects) {
        spawned.addAll(effects.items());
        notices.addAll(effects.notices());
    }

    public void count(Counter counter, long amount) {
        counter.add(counters, amount);
    }

    /** Counts an entry, not a directory, that is to be copied or read. */
    public void found(Entry entry) {
        count(Counter.SCANNED_BYTES, entry.dataBytes());
        if (entry.type() == Entry.REGULAR) {
            count(FileSizes.of(entry.dataBytes()), 1);
        }
    }

    public void fault(Fault fault) {
        faults.add(fault);
        count(Counter.of(fault), 1);
    }

    /** In a dry run: all faults but the first few are such as a run would find after its deletions. */
    public void faultsAreLateFrom(int first) {
        List<Fault> late = faults.subList(first, faults.size());
        lateFaults.addAll(late);
        late.clear();
    }

    /** The destination is full; unwritten entries have been spawned again. */
    public void full(Fault fault) {
        full = fault;
    }

    /** The run's own files cannot be written or read: the run must end. */
    public void broken(Fault fault) {
        broken = fault;
    }

    /**
     * The run's own files cannot be written or read by an item. If the file system is full, the run stops and the item
     * is kept for later; else it ends.
     */
    public void fullOrBroken(Item item, Fault fault) {
        if (Errno.isFull(fault.errno())) {
            full(fault);
            spawned.add(item);
        } else {
            broken(fault);
        }
    }

    /** The failure of the run's own files; null if there was none. */
    public @Nullable Fault broken() {
        return broken;
    }

    /** The write that found the destination full; null if there was none. */
    public @Nullable Fault full() {
        return full;
    }
}

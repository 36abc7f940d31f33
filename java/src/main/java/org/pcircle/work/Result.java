package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.FileSizes;

/** What came of one item: filled by a worker, then handed over whole to the rank's thread. */
public final class Result {

    final List<Item> spawned = new ArrayList<>();
    final List<Notice.Addressed> notices = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();

    /** The entries that the signature gains; null if none. */
    @Nullable
    DatasetSum signed;

    /** What the item was about, if the time that it took is of interest; null if not. */
    @Nullable
    Timed timed;

    /** How long the item took, in nanoseconds. */
    long ns;

    final long[] counters = new long[Counter.COUNT];

    /**
     * What an item was about.
     *
     * @param path of its entries' directory, or of its only entry
     */
    record Timed(int root, TreePath path, int entries, long dataBytes) {}

    private @Nullable Fault full;
    private @Nullable Fault broken;

    /** Has a rank told. */
    void tell(int rank, Notice notice) {
        notices.add(new Notice.Addressed(rank, notice));
    }

    void count(Counter counter, long amount) {
        counter.add(counters, amount);
    }

    /** Something other than a directory that is there to be copied or read. */
    void found(Entry entry) {
        count(Counter.SCANNED_BYTES, entry.dataBytes());
        if (entry.type() == Entry.REGULAR) {
            count(FileSizes.of(entry.dataBytes()), 1);
        }
    }

    void fault(Fault fault) {
        faults.add(fault);
        count(Counter.of(fault), 1);
    }

    /** The destination is full: what could not be written has been spawned again. */
    void full(Fault fault) {
        full = fault;
    }

    /** The run's own files cannot be written or read: it cannot go on. */
    void broken(Fault fault) {
        broken = fault;
    }

    /** Likewise for an item; but if only room is lacking the run stops, and the item is for when there is some. */
    void fullOrBroken(Item item, Fault fault) {
        if (Errno.isFull(fault.errno())) {
            full(fault);
            spawned.add(item);
        } else {
            broken(fault);
        }
    }

    /** What failed with the run's own files; null if nothing did. */
    public @Nullable Fault broken() {
        return broken;
    }

    /** The write that found the destination full; null if none did. */
    public @Nullable Fault full() {
        return full;
    }
}

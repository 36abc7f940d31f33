package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;

/** Gathers small entries of one directory into batches, each as full as its limits allow. */
public final class BatchBuilder {

    private static final int ENTRIES_MAX = 128;

    private static final long DATA_BYTES_MAX = 16 << 20;

    private final int root;
    private final TreePath directory;
    private final List<Item> batches;
    private final EntryItems items;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int count;
    private int entries;
    private long dataBytes;

    /** Adds the batches to a list. */
    public BatchBuilder(int root, TreePath directory, EntryItems items, List<Item> batches) {
        this.root = root;
        this.directory = directory;
        this.items = items;
        this.batches = batches;
    }

    public void add(Entry entry) {
        boolean fits = entries < ENTRIES_MAX
                && records.size() + entry.recordBytes() <= WorkerContext.RECORDS_BYTES_MAX
                && dataBytes + entry.dataBytes() <= DATA_BYTES_MAX;
        if (!fits) {
            end();
        }
        records.writeBytes(entry.copy());
        entries++;
        dataBytes += entry.dataBytes();
    }

    /** Number of batches so far, without the one that is being filled. */
    public int count() {
        return count;
    }

    /** Ends the batch that is being filled. */
    public void end() {
        if (entries > 0) {
            batches.add(items.batch(root, directory, records.toByteArray(), entries, dataBytes));
            count++;
        }
        records.reset();
        entries = 0;
        dataBytes = 0;
    }
}

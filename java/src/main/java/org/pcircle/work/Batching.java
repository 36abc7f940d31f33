package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;

/** Gathers small entries of one directory into batches, each as full as its limits allow. */
final class Batching {

    private final int root;
    private final TreePath directory;
    private final List<Item> batches;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int entries;
    private long dataBytes;

    /** Adds the batches to a list. */
    Batching(int root, TreePath directory, List<Item> batches) {
        this.root = root;
        this.directory = directory;
        this.batches = batches;
    }

    void add(Entry entry) {
        boolean fits = entries < CopyBatch.ENTRIES_MAX
                && records.size() + entry.recordBytes() <= CopyBatch.BYTES_MAX
                && dataBytes + entry.dataBytes() <= CopyBatch.DATA_BYTES_MAX;
        if (!fits) {
            end();
        }
        records.writeBytes(entry.copy());
        entries++;
        dataBytes += entry.dataBytes();
    }

    /** Ends the batch that is being filled. */
    void end() {
        if (entries > 0) {
            batches.add(new CopyBatch(root, directory, records.toByteArray(), entries, dataBytes));
        }
        records.reset();
        entries = 0;
        dataBytes = 0;
    }
}

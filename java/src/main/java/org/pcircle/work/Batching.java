package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Task;

/** Gathers small entries of one directory into batches, each as full as its limits allow. */
final class Batching {

    private final int root;
    private final TreePath directory;
    private final List<Item> batches;
    private final Task task;

    private final ByteArrayOutputStream records = new ByteArrayOutputStream();
    private int entries;
    private long dataBytes;

    /** Adds the batches to a list. */
    Batching(int root, TreePath directory, Task task, List<Item> batches) {
        this.root = root;
        this.directory = directory;
        this.task = task;
        this.batches = batches;
    }

    void add(Entry entry) {
        boolean fits = entries < BatchItem.ENTRIES_MAX
                && records.size() + entry.recordBytes() <= BatchItem.BYTES_MAX
                && dataBytes + entry.dataBytes() <= BatchItem.DATA_BYTES_MAX;
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
            batches.add(BatchItem.of(task, root, directory, records.toByteArray(), entries, dataBytes));
        }
        records.reset();
        entries = 0;
        dataBytes = 0;
    }
}

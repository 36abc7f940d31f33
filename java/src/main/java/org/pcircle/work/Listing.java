package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/**
 * A directory that is being listed, one buffer an item: what is left is spawned again, so that a huge directory is shared
 * out while it is read and its listing can wait while there is enough to do. It holds the open directory and so stays with
 * its rank.
 */
final class Listing implements LocalItem {

    private final int root;
    private final TreePath path;
    private final Directory source;
    private final Entry entry = new Entry();

    /** The batch that is being filled. */
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    private int batchEntries;
    private long batchData;

    /** Takes over the open directory and closes it at the end. */
    Listing(int root, TreePath path, Directory source) {
        this.root = root;
        this.path = path;
        this.source = source;
    }

    @Override
    public void run(Workbench bench, Result result) {
        int bytes;
        try {
            bytes = source.list(bench.listing());
        } catch (FileException e) {
            result.fault(bench.roots().fault(root, path, e));
            bytes = 0;
        }
        if (bytes == 0) {
            source.close();
            return;
        }
        result.spawned.add(this);
        spawn(bench, bytes, result);
    }

    /** Sub-directories first, so that they are done last and stolen first. */
    private void spawn(Workbench bench, int bytes, Result result) {
        for (int at = 0; at < bytes; at += entry.recordBytes()) {
            entry.wrap(bench.listing(), at);
            if (entry.operation() == Operation.NONE && entry.isDirectory()) {
                result.spawned.add(new WalkDirectory(root, path.child(entry.name()), entry.copy()));
            }
        }
        for (int at = 0; at < bytes; at += entry.recordBytes()) {
            entry.wrap(bench.listing(), at);
            result.count(Counter.SCANNED, 1);
            result.count(Counter.SCANNED_BYTES, entry.dataBytes());
            if (entry.operation() != Operation.NONE) {
                byte[] shown = bench.roots().showSource(root, path.child(entry.name()));
                result.fault(new Fault(shown, entry.operation(), entry.error()));
            } else if (!entry.isDirectory()) {
                addToBatch(bench.plan(), result);
            }
        }
        endBatch(result);
    }

    private void addToBatch(Plan plan, Result result) {
        if (entry.dataBytes() > plan.chunkBytes(entry.dataBytes())) {
            result.spawned.add(new OpenLargeFile(root, path, entry.copy(), false));
            return;
        }
        if (batchEntries == CopyBatch.ENTRIES_MAX
                || records.size() + entry.recordBytes() > CopyBatch.BYTES_MAX
                || (batchEntries > 0 && batchData + entry.dataBytes() > CopyBatch.DATA_BYTES_MAX)) {
            endBatch(result);
        }
        records.writeBytes(entry.copy());
        batchEntries++;
        batchData += entry.dataBytes();
    }

    private void endBatch(Result result) {
        if (batchEntries > 0) {
            result.spawned.add(new CopyBatch(root, path, records.toByteArray(), batchEntries, batchData));
        }
        records.reset();
        batchEntries = 0;
        batchData = 0;
    }
}

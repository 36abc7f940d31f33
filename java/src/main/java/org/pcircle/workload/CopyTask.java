package org.pcircle.workload;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.walk.CreateDirectory;

/** The strategy of a copy. */
final class CopyTask extends WalkTask {

    @Override
    public boolean enter(
            int root, TreePath path, byte[] record, boolean isListedNext, WorkerContext worker, ItemResult result) {
        return new CreateDirectory(root, path, record).enter(isListedNext, worker, result);
    }

    @Override
    public Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes) {
        return new CopyBatch(root, directory, records, count, dataBytes);
    }

    @Override
    public void preview(
            int root, @Nullable TreePath directory, byte[] record, WorkerContext worker, ItemResult result) {
        new CopyBatch(root, directory, record, 1, Entry.of(record).dataBytes()).look(false, worker, result);
    }
}

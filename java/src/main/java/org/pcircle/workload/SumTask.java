package org.pcircle.workload;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.batch.SumBatch;
import org.pcircle.work.walk.WalkDirectory;

/** The strategy of a sum, which only reads. */
final class SumTask extends WalkTask {

    @Override
    public boolean enter(
            int root, TreePath path, byte[] record, boolean isListedNext, WorkerContext worker, ItemResult result) {
        result.count(Counter.DIRECTORIES, 1);
        WalkDirectory.sign(root, path, record, worker, result);
        return true;
    }

    @Override
    public Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes) {
        return new SumBatch(root, directory, records, count, dataBytes);
    }
}

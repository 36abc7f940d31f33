package org.pcircle.workload;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Task;
import org.pcircle.work.EntryRef;
import org.pcircle.work.ItemResult;
import org.pcircle.work.TreeTask;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.batch.SumBatch;
import org.pcircle.work.largefile.CreateLargeFile;
import org.pcircle.work.walk.ListDirectory;
import org.pcircle.work.walk.WalkDirectory;

/** The items of a copy or of a sum. */
record TaskItems(Task task) implements TreeTask {

    @Override
    public Item walk(int root, TreePath path, byte[] record) {
        return new WalkDirectory(root, path, record);
    }

    @Override
    public Item list(int root, TreePath path) {
        return new ListDirectory(root, path);
    }

    @Override
    public boolean enter(int root, TreePath path, byte[] record, WorkerContext bench, ItemResult result) {
        return new WalkDirectory(root, path, record).enter(false, bench, result);
    }

    @Override
    public Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes) {
        return task == Task.SUM
                ? new SumBatch(root, directory, records, count, dataBytes)
                : new CopyBatch(root, directory, records, count, dataBytes);
    }

    @Override
    public Item largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried) {
        return new CreateLargeFile(new EntryRef(root, directory, record), retried);
    }

    @Override
    public void preview(int root, @Nullable TreePath directory, byte[] record, WorkerContext bench, ItemResult result) {
        new CopyBatch(root, directory, record, 1, Entry.of(record).dataBytes()).look(false, bench, result);
    }
}

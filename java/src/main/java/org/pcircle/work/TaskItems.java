package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Task;

/** The items of a copy or of a sum. */
record TaskItems(Task task) implements TreeTask {

    @Override
    public WorkItem walk(int root, TreePath path, byte[] record) {
        return new WalkDirectory(root, path, record);
    }

    @Override
    public WorkItem list(int root, TreePath path) {
        return new Listing(root, path);
    }

    @Override
    public boolean enter(int root, TreePath path, byte[] record, Workbench bench, Result result) {
        return new WalkDirectory(root, path, record).enter(false, bench, result);
    }

    @Override
    public WorkItem batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes) {
        return task == Task.SUM
                ? new SumBatch(root, directory, records, count, dataBytes)
                : new CopyBatch(root, directory, records, count, dataBytes);
    }

    @Override
    public WorkItem largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried) {
        return new OpenLargeFile(root, directory, record, retried);
    }

    @Override
    public void preview(int root, @Nullable TreePath directory, byte[] record, Workbench bench, Result result) {
        new CopyBatch(root, directory, record, 1, Entry.of(record).dataBytes()).look(false, bench, result);
    }
}

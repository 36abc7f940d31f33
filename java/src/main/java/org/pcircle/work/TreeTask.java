package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;

/**
 * The strategy of a command: makes the items for the entries that a walk finds, so that no kind of item knows another
 * one. Used by all workers.
 */
public interface TreeTask {

    /** {@linkplain #enter Enters} a directory, and lists it. */
    Item walk(int root, TreePath path, byte[] record);

    /** Lists a directory that has been {@linkplain #enter entered}. */
    Item list(int root, TreePath path);

    /**
     * Creates the target directory if the command copies, and counts it; false if nothing in it can be processed, which
     * is reported.
     *
     * @param isListedNext whether it is listed next, which reports an unreadable directory
     */
    boolean enter(
            int root, TreePath path, byte[] record, boolean isListedNext, WorkerContext worker, ItemResult result);

    /**
     * The item for small entries, none of them a directory.
     *
     * @param directory of the entries; null if it is the top of its tree
     * @param records of the entries, one after the other
     */
    Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes);

    /**
     * The item for a file that is split into ranges.
     *
     * @param directory of the file; null if it is the top of its tree
     * @param retried whether this is the second attempt, after the source changed in the first
     */
    Item largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried);

    /** In a dry run: prints what would be done with an entry, not a directory, that has no existing target. */
    default void preview(
            int root, @Nullable TreePath directory, byte[] record, WorkerContext worker, ItemResult result) {
        throw new IllegalStateException("this command has no dry run");
    }

    /** The item for a single entry that is not a directory. */
    default Item entry(int root, @Nullable TreePath directory, byte[] record, Plan plan) {
        long dataBytes = Entry.of(record).dataBytes();
        return plan.isLarge(dataBytes)
                ? largeFile(root, directory, record, false)
                : batch(root, directory, record, 1, dataBytes);
    }
}

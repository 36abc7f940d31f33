package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;

/**
 * What a run does with the entries that it finds: makes the items for them, so that no kind of item has to know another. Used by all
 * workers.
 */
public interface TreeTask {

    /** Makes a directory where something is copied, and lists it. */
    Item walk(int root, TreePath path, byte[] record);

    /** Lists a directory that has been {@linkplain #enter entered}. */
    Item list(int root, TreePath path);

    /** Makes a directory where something is copied; false if nothing in it can be dealt with, which is said. */
    boolean enter(int root, TreePath path, byte[] record, Workbench bench, Result result);

    /**
     * Deals with entries that are no directories and need no splitting.
     *
     * @param directory of the entries; null if it is the top of its tree
     * @param records of the entries, one after the other
     */
    Item batch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes);

    /**
     * Deals with a file that is split into ranges.
     *
     * @param directory of the file; null if it is the top of its tree
     * @param retried whether this is the second attempt, after the source changed in the first
     */
    Item largeFile(int root, @Nullable TreePath directory, byte[] record, boolean retried);

    /** In a dry run: says what becomes of an entry that is no directory, where nothing is in its way. */
    void preview(int root, @Nullable TreePath directory, byte[] record, Workbench bench, Result result);

    /** Deals with an entry that is no directory, by itself. */
    default Item entry(int root, @Nullable TreePath directory, byte[] record, Plan plan) {
        long dataBytes = Entry.of(record).dataBytes();
        return plan.isLarge(dataBytes)
                ? largeFile(root, directory, record, false)
                : batch(root, directory, record, 1, dataBytes);
    }
}

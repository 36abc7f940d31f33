package org.pcircle.work;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;

/** Makes the items for the entries that a walk finds, so that no kind of item knows another one. */
public interface EntryItems {

    /** {@linkplain TreeTask#enter Enters} a directory, and lists it. */
    Item walk(int root, TreePath path, byte[] record);

    /** Lists a directory that has been {@linkplain TreeTask#enter entered}. */
    Item list(int root, TreePath path);

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

    /** What follows from names of hard-linked entries, which wait until all names of an entry are known. */
    Effects linkedNames(List<HardLinkName> names, Plan plan, int ranks);

    /** The item for a single entry that is not a directory. */
    default Item entry(int root, @Nullable TreePath directory, byte[] record, Plan plan) {
        long dataBytes = Entry.of(record).dataBytes();
        return plan.isLarge(dataBytes)
                ? largeFile(root, directory, record, false)
                : batch(root, directory, record, 1, dataBytes);
    }
}

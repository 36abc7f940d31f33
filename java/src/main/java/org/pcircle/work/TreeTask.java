package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.TreePath;

/** The strategy of a command: what it does with the directories and entries that a walk finds. Used by all workers. */
public interface TreeTask extends EntryItems {

    /**
     * Creates the target directory if the command copies, and counts it; false if nothing in it can be processed, which
     * is reported.
     *
     * @param isListedNext whether it is listed next, which reports an unreadable directory
     */
    boolean enter(
            int root, TreePath path, byte[] record, boolean isListedNext, WorkerContext worker, ItemResult result);

    /** In a dry run: prints what would be done with an entry, not a directory, that has no existing target. */
    default void preview(
            int root, @Nullable TreePath directory, byte[] record, WorkerContext worker, ItemResult result) {
        throw new IllegalStateException("this command has no dry run");
    }
}

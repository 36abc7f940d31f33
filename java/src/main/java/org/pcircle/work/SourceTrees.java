package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.DirectoryStream;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Root;
import org.pcircle.report.Fault;

/** What a listing asks of the trees of sources. {@link Roots} asks their file systems. */
public interface SourceTrees {

    Root root(int index);

    /** Opens a directory of a source tree whose entries are then listed. */
    DirectoryStream openSourceToList(int root, TreePath path) throws FileException;

    /**
     * The unfinished runs that have files in a source tree and are not known from its plan.
     *
     * @param state name of the directory in the top that holds the runs' directories
     */
    LeftRuns leftIn(int root, String state) throws FileException;

    /**
     * Marks a fault as vanished if its source entry has vanished after it was found.
     *
     * @param record of the entry; null if it was not described
     */
    Fault judged(Fault fault, int root, TreePath path, byte @Nullable [] record);

    /** The source path of an entry, as the user would write it. */
    default byte[] showSource(int root, TreePath path) {
        return root(root).source().show(path);
    }

    /** The target path of an entry, as the user would write it. */
    default byte[] showTarget(int root, TreePath path) {
        return root(root).target().show(path);
    }

    /**
     * The fault of an entry whose name is the same in both trees, at the path where it happened.
     *
     * @param record of the entry in the source; null if it has none
     */
    default Fault fault(int root, TreePath path, byte @Nullable [] record, FileException e) {
        byte[] shown = e.operation().onTarget() ? showTarget(root, path) : showSource(root, path);
        return judged(Fault.of(shown, e), root, path, record);
    }
}

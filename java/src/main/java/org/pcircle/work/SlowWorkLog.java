package org.pcircle.work;

import org.pcircle.fs.TreePath;

/** Records the slowest pieces of work of a rank. */
public interface SlowWorkLog {

    /**
     * Notes what a batch took.
     *
     * @param root of the plan
     * @param path of the directory of the entries, or of the only entry
     * @param entries how many there are
     * @param bytes of file data in them
     * @param ns duration in nanoseconds
     */
    void note(int root, TreePath path, int entries, long bytes, long ns);
}

package org.pcircle.work;

import org.pcircle.fs.TreePath;

/** Keeps what took a rank longest. */
interface SlowWorkLog {

    /**
     * Notes what a batch took.
     *
     * @param root of the plan
     * @param path of the entries' directory, or of the only entry
     * @param entries how many there are
     * @param bytes of file data in them
     * @param ns nanoseconds that they took
     */
    void note(int root, TreePath path, int entries, long bytes, long ns);
}

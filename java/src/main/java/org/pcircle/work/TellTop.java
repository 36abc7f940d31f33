package org.pcircle.work;

import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Root;

/** In a dry run, tells of the top of a tree that is no directory. */
record TellTop(int index, Root root) implements LocalItem {

    @Override
    public void run(Workbench bench, Result result) {
        Intentions.tell(index, TreePath.TOP, Entry.of(root.record()), bench.roots(), result);
    }
}

package org.pcircle.work;

import org.pcircle.fs.Directory;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.report.Counter;

/** An entry of the target that is kept as it is, as --update says, though the source has one of its name. */
public final class KeptEntry {

    private KeptEntry() {}

    /**
     * Counts it, and adds it to the signature, which then is that of the destination.
     *
     * @param ref the entry of the source that has the name
     */
    public static void take(EntryRef ref, Directory target, WorkerContext worker, ItemResult result)
            throws FileException {
        if (worker.digester() != null) {
            byte[] name = ref.targetName(worker.roots().root(ref.root()));
            worker.digester().addExisting(ref, target, name, worker, result);
        }
        boolean isAll = worker.plan().existing() == ExistingPolicy.KEEP;
        result.count(isAll ? Counter.EXISTING_KEPT : Counter.NEWER_KEPT, 1);
    }
}

package org.pcircle.work;

import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/** A name of a hard-linked entry that cannot be linked and becomes an entry of its own. */
public final class LostLink {

    private LostLink() {}

    /** Whether an error means that hard links are impossible here. */
    public static boolean isForWantOfLinks(FileException e) {
        int errno = e.errno();
        return e.operation() == Operation.LINK
                && (errno == Errno.EPERM.number()
                        || errno == Errno.ENOENT.number()
                        || errno == Errno.EMLINK.number()
                        || errno == Errno.EXDEV.number()
                        || errno == Errno.ENOSYS.number()
                        || errno == Errno.EOPNOTSUPP.number());
    }

    public static void copyInstead(HardLinkName other, FileException e, WorkerContext worker, ItemResult result) {
        result.count(Counter.notPreserved(PreservedAttribute.LINKS), 1);
        if (worker.plan().copy().preserve().required().contains(PreservedAttribute.LINKS)) {
            byte[] shown = worker.roots().showTarget(other.root(), other.path());
            result.fault(new Fault(shown, Operation.NOT_PRESERVED_LINKS, e.errno()));
        }
        result.found(Entry.of(other.record()));
        result.spawned.add(other.copy(worker.task(), worker.plan()));
    }
}

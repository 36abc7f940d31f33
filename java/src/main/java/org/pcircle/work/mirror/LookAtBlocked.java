package org.pcircle.work.mirror;

import org.pcircle.fs.Changes;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.LostLink;
import org.pcircle.work.NameBlocked;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * In a dry run, processes a blocked entry.
 *
 * @param isGone whether the directory would have been deleted before
 * @param firstIsThere whether the entry to link to would exist, for a hard link
 */
record LookAtBlocked(NameBlocked blocked, boolean isGone, boolean firstIsThere) implements LocalItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        HardLinkName name = blocked.name();
        byte[] shown = worker.roots().showTarget(name.root(), name.path());
        HardLinkName first = blocked.first();
        if (first != null && !firstIsThere) {
            FileException isDirectory = new FileException(Operation.LINK, Errno.EPERM.number());
            LostLink.copyInstead(name, isDirectory, worker, result);
        } else if (!isGone) {
            Operation operation = first == null ? Operation.CREATE : Operation.LINK;
            result.fault(new Fault(shown, operation, Errno.EISDIR.number()));
            result.count(Counter.PASSED_BYTES, first == null ? name.dataBytes() : 0);
        } else if (first == null) {
            worker.task().preview(name.root(), name.directory(), name.record(), worker, result);
        } else {
            result.count(Counter.HARD_LINKS, 1);
            ChangeLines lines = ChangeLines.around(name.root(), name.path(), worker, result);
            if (lines != null) {
                lines.link(name, first, Changes.MADE);
                lines.end();
            }
        }
    }
}

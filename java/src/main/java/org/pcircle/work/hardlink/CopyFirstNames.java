package org.pcircle.work.hardlink;

import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Counter;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SpoolItem;

/**
 * Sorts the names of hard-linked entries, and then spawns the copy of each entry under its first name; a step an item.
 */
final class CopyFirstNames implements SpoolItem {

    private final HardLinkGroups groups;
    private final boolean sorted;
    private final long position;

    /** The last name that was processed; null at the start. */
    private final @Nullable HardLinkName last;

    private CopyFirstNames(HardLinkGroups groups, boolean sorted, long position, @Nullable HardLinkName last) {
        this.groups = groups;
        this.sorted = sorted;
        this.position = position;
        this.last = last;
    }

    /** From the start. */
    CopyFirstNames(HardLinkGroups groups) {
        this(groups, false, 0, null);
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (!sorted) {
            result.spawned.add(new CopyFirstNames(groups, !groups.sortFurther(worker), 0, null));
        } else if (!groups.isEnd(position)) {
            copyFirsts(worker, result);
        }
    }

    private void copyFirsts(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        HardLinkGroups.Names found = groups.at(position, worker);
        HardLinkName previous = last;
        result.count(Counter.SCANS_ENDED, found.names().size());
        for (HardLinkName name : found.names()) {
            if (!name.isSameEntry(previous)) {
                result.found(Entry.of(name.record()));
                result.spawned.add(name.copy(worker.task(), worker.plan()));
            }
            previous = name;
        }
        result.spawned.add(new CopyFirstNames(groups, true, found.end(), previous));
    }
}

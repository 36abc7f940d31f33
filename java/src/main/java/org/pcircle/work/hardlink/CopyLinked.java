package org.pcircle.work.hardlink;

import org.pcircle.work.LinkedName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SpoolItem;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Counter;

/**
 * Sorts the names of hard-linked entries, and then spawns the copy of each entry under its first name; a step an item.
 */
final class CopyLinked implements SpoolItem {

    private final LinkGroups groups;
    private final boolean sorted;
    private final long position;

    /** The last name that was processed; null at the start. */
    private final @Nullable LinkedName last;

    private CopyLinked(LinkGroups groups, boolean sorted, long position, @Nullable LinkedName last) {
        this.groups = groups;
        this.sorted = sorted;
        this.position = position;
        this.last = last;
    }

    /** From the start. */
    CopyLinked(LinkGroups groups) {
        this(groups, false, 0, null);
    }

    @Override
    public void readSpool(WorkerContext bench, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (!sorted) {
            result.spawned.add(new CopyLinked(groups, !groups.sortFurther(bench), 0, null));
        } else if (!groups.isEnd(position)) {
            copyFirsts(bench, result);
        }
    }

    private void copyFirsts(WorkerContext bench, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        LinkGroups.Names found = groups.at(position, bench);
        LinkedName previous = last;
        result.count(Counter.SCANS_ENDED, found.names().size());
        for (LinkedName name : found.names()) {
            if (!name.isSameEntry(previous)) {
                result.found(Entry.of(name.record()));
                result.spawned.add(name.copy(bench.task(), bench.plan()));
            }
            previous = name;
        }
        result.spawned.add(new CopyLinked(groups, true, found.end(), previous));
    }
}

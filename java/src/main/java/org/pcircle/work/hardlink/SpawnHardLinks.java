package org.pcircle.work.hardlink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SpoolItem;

/**
 * Reads sorted names of hard-linked entries, and spawns the linking of all but the first name of each; a block an item.
 */
final class SpawnHardLinks implements SpoolItem {

    private final HardLinkGroups groups;
    private final long position;

    /** The first name of the last entry; null at the start. */
    private final @Nullable HardLinkName first;

    SpawnHardLinks(HardLinkGroups groups, long position, @Nullable HardLinkName first) {
        this.groups = groups;
        this.position = position;
        this.first = first;
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (groups.isEnd(position)) {
            return;
        }
        HardLinkGroups.Names found = groups.at(position, worker);
        HardLinkName current = first;
        List<HardLinkName> others = new ArrayList<>();
        for (HardLinkName name : found.names()) {
            boolean isOther = name.isSameEntry(current);
            if (!isOther || others.size() == CreateHardLinks.NAMES_MAX) {
                spawn(current, others, result);
                others = new ArrayList<>();
            }
            if (isOther) {
                others.add(name);
            } else {
                current = name;
            }
        }
        spawn(current, others, result);
        result.spawned.add(new SpawnHardLinks(groups, found.end(), current));
    }

    private static void spawn(@Nullable HardLinkName first, List<HardLinkName> others, ItemResult result) {
        if (first != null && !others.isEmpty()) {
            result.spawned.add(new CreateHardLinks(first, others));
        }
    }
}

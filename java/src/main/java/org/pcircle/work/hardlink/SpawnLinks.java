package org.pcircle.work.hardlink;

import org.pcircle.work.LinkedName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SpoolItem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;

/**
 * Reads sorted names of hard-linked entries, and spawns the linking of all but the first name of each; a block an item.
 */
final class SpawnLinks implements SpoolItem {

    private final LinkGroups groups;
    private final long position;

    /** The first name of the last entry; null at the start. */
    private final @Nullable LinkedName first;

    SpawnLinks(LinkGroups groups, long position, @Nullable LinkedName first) {
        this.groups = groups;
        this.position = position;
        this.first = first;
    }

    @Override
    public void readSpool(WorkerContext bench, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (groups.isEnd(position)) {
            return;
        }
        LinkGroups.Names found = groups.at(position, bench);
        LinkedName current = first;
        List<LinkedName> others = new ArrayList<>();
        for (LinkedName name : found.names()) {
            boolean isOther = name.isSameEntry(current);
            if (!isOther || others.size() == MakeLinks.NAMES_MAX) {
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
        result.spawned.add(new SpawnLinks(groups, found.end(), current));
    }

    private static void spawn(@Nullable LinkedName first, List<LinkedName> others, ItemResult result) {
        if (first != null && !others.isEmpty()) {
            result.spawned.add(new MakeLinks(first, others));
        }
    }
}

package org.pcircle.work.hardlink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.plan.Plan;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.spool.RankSpool;

/** The names of the hard-linked entries that this rank owns. Used by the rank's own thread. */
public final class HardLinks {

    /** The name of the spool. */
    public static final String SPOOL = "links";

    private final RankSpool names;

    /** The sorted names, when all have been found; null if there are none. */
    private @Nullable HardLinkGroups groups;

    public HardLinks(Plan plan) {
        this.names = RankSpool.of(SPOOL, plan);
    }

    /** Adds names; returns the items that follow. */
    public List<Item> add(List<HardLinkName> found) {
        List<Item> items = new ArrayList<>();
        for (HardLinkName name : found) {
            items.addAll(names.append(name.encoded()));
        }
        return items;
    }

    /** When all have been found: copies each entry under the first of its names. */
    public Effects copyFirst() {
        if (names.isEmpty()) {
            return Effects.NONE;
        }
        groups = new HardLinkGroups(names);
        return Effects.of(new CopyFirstNames(groups));
    }

    /** Then: creates the other names of each entry. */
    public Effects linkOthers() {
        return groups == null ? Effects.NONE : Effects.of(new SpawnHardLinks(groups, 0, null));
    }

    public RankSpool spool() {
        return names;
    }
}

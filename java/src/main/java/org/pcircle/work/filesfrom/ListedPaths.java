package org.pcircle.work.filesfrom;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.work.spool.RankSpool;

/** At rank 0, the paths that the user has listed. Used by the rank's own thread. */
public final class ListedPaths {

    /** The name of the spool. */
    public static final String SPOOL = "listed";

    private final RankSpool paths;

    public ListedPaths(Plan plan) {
        this.paths = RankSpool.of(SPOOL, plan);
    }

    /** Adds paths; returns the items that follow. */
    public List<Item> add(List<TreePath> listed) {
        List<Item> items = new ArrayList<>();
        for (TreePath path : listed) {
            items.addAll(paths.append(path.bytes()));
        }
        return items;
    }

    public boolean isEmpty() {
        return paths.isEmpty();
    }

    /** The item that copies the listed entries from a place on, when all paths have been read. */
    public Item copyFrom(CopyFilesFrom.Place place) {
        return new CopyFilesFrom(new SortedPaths(paths), place);
    }

    public RankSpool spool() {
        return paths;
    }
}

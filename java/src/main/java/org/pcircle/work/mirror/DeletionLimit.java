package org.pcircle.work.mirror;

import java.util.ArrayDeque;
import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;

/**
 * {@code --max-delete}. What would be deleted is counted first, but the trees may change before it is deleted. So rank 0
 * deals out what is allowed, to all ranks and then to the directories, and the run never deletes more, whatever comes to
 * lack its source meanwhile. What was counted never wants for it. Used by the rank's own thread, and by one item at a
 * time when all ranks have deleted.
 */
final class DeletionLimit {

    /** At rank 0, how many more entries may be deleted. */
    private long left;

    /** Entries that this rank has asked for, in the order of the answers. */
    private final ArrayDeque<DeleteNames> asked = new ArrayDeque<>();

    DeletionLimit(long max) {
        this.left = max;
    }

    /** Entries that this rank has found; asks rank 0. */
    Effects found(DeleteNames names) {
        asked.add(names);
        return new Effects(
                List.of(),
                List.of(new Notice.Addressed(
                        0, new DeletionsWanted(names.names().size()))));
    }

    /** At rank 0: returns how many of the entries that a rank has found may be deleted. */
    int allow(int entries) {
        int allowed = (int) Math.min(entries, left);
        left -= allowed;
        return allowed;
    }

    /** The answer to the oldest question of this rank. */
    List<Item> allowed(int entries) {
        return List.of(asked.remove().allow(entries));
    }

    /** At rank 0: whether one more entry may be deleted. */
    boolean allowsMore() {
        return left > 0;
    }

    /** At rank 0: one more entry is deleted. */
    void deleted() {
        left--;
    }
}

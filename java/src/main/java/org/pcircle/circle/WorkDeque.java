package org.pcircle.circle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rank's own work: its owner takes the newest item, so that a tree is walked depth first and little is remembered;
 * thieves get the oldest, which stand for the most work (Blumofe and Leiserson, JACM 1999).
 *
 * <p>Two kinds of items are kept aside, as no thief can have them:
 *
 * <ul>
 *   <li>Items that {@linkplain Item#freesMemory free memory} are taken before all others, the oldest first, however
 *       full the deque is. So what they hold is bounded: while one of them waits no other item is begun, and no more
 *       come than the items in flight, and the notices of other ranks, leave.
 *   <li>The others are mostly listings that stopped between two buffers, and make more items. They are taken first
 *       while the deque is below its high-water mark, so that there is something to steal, and last above it, so that
 *       it stops growing.
 * </ul>
 *
 * <p>Used by one thread.
 */
final class WorkDeque {

    /** Encoded bytes of stealable items from which on local items wait for them. */
    static final long HIGH_WATER_BYTES = 4L << 20;

    /** Those that a thief could have, oldest first. */
    private final ArrayDeque<Item> stealable = new ArrayDeque<>();

    /** Those that stay with this rank and free no memory, oldest first. */
    private final ArrayDeque<Item> local = new ArrayDeque<>();

    /** Those that free memory, oldest first. */
    private final ArrayDeque<Item> freeing = new ArrayDeque<>();

    /** Of the stealable items; 0 if there are none. */
    private long weight;

    /** Of the stealable items; 0 if there are none. */
    private long encodedBytes;

    boolean isEmpty() {
        return stealable.isEmpty() && local.isEmpty() && freeing.isEmpty();
    }

    /** Adds all items to a list, those that can be stolen first, oldest first. */
    void addTo(List<Item> all) {
        all.addAll(stealable);
        all.addAll(local);
        all.addAll(freeing);
    }

    /** Items that a thief could have. */
    int stealable() {
        return stealable.size();
    }

    /** Encoded bytes of the stealable items. */
    long encodedBytes() {
        return encodedBytes;
    }

    void push(Item item) {
        assert !(item.stealable() && item.freesMemory()) : item;
        if (item.stealable()) {
            stealable.addLast(item);
            account(item, 1);
        } else if (item.freesMemory()) {
            freeing.addLast(item);
        } else {
            local.addLast(item);
        }
    }

    /** The oldest item that frees memory, or null. */
    @Nullable
    Item takeFreeing() {
        return freeing.pollFirst();
    }

    /** The item that its owner does next, or null. Of a splittable item the front is taken and the rest stays. */
    @Nullable
    Item take() {
        if (!freeing.isEmpty()) {
            return takeFreeing();
        }
        if (!local.isEmpty() && (stealable.isEmpty() || encodedBytes < HIGH_WATER_BYTES)) {
            return local.removeLast();
        }
        Item newest = stealable.pollLast();
        if (newest == null) {
            return null;
        }
        account(newest, -1);
        if (newest instanceof Item.Splittable splittable) {
            Item.Cut cut = splittable.cutForWorker();
            if (cut.left() != null) {
                push(cut.left());
            }
            return cut.taken();
        }
        return newest;
    }

    /**
     * Takes the oldest items out for a thief until half of the weight is taken, or {@code bytesMax} encoded bytes, but
     * at least one. A single splittable item is halved.
     *
     * @return the items, oldest first; empty if there is nothing to steal
     */
    List<Item> steal(int bytesMax) {
        List<Item> stolen = new ArrayList<>();
        long half = weight / 2;
        long taken = 0;
        long bytes = 0;
        Iterator<Item> oldestFirst = stealable.iterator();
        while (oldestFirst.hasNext()) {
            Item oldest = oldestFirst.next();
            boolean fits =
                    stolen.isEmpty() || (taken + oldest.weight() <= half && bytes + oldest.encodedBytes() <= bytesMax);
            if (!fits) {
                break;
            }
            oldestFirst.remove();
            account(oldest, -1);
            if (taken + oldest.weight() > half && oldest instanceof Item.Splittable splittable) {
                Item.Cut cut = splittable.cutForThief();
                if (cut.left() != null) {
                    stealable.addFirst(cut.left());
                    account(cut.left(), 1);
                }
                stolen.add(cut.taken());
                break;
            }
            stolen.add(oldest);
            taken += oldest.weight();
            bytes += oldest.encodedBytes();
        }
        return stolen;
    }

    private void account(Item item, int sign) {
        weight += sign * item.weight();
        encodedBytes += (long) sign * item.encodedBytes();
        assert weight >= 0 && encodedBytes >= 0 : item;
        assert !stealable.isEmpty() || (weight == 0 && encodedBytes == 0) : item;
    }
}

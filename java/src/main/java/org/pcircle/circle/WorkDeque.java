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
 * <p>Items that cannot be stolen are listings that stopped between two buffers. They are kept aside and taken first while
 * the deque is small, so that there is something to steal, and last once it is past its high-water mark, so that it stops
 * growing. Used by one thread.
 */
final class WorkDeque {

    /** Encoded bytes of waiting items beyond which listings pause. */
    static final long HIGH_WATER_BYTES = 4L << 20;

    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private final ArrayDeque<Item> listings = new ArrayDeque<>();
    private long weight;
    private long encodedBytes;

    boolean isEmpty() {
        return items.isEmpty() && listings.isEmpty();
    }

    /** Adds all items to a list, those that can be stolen first, oldest first. */
    void addTo(List<Item> all) {
        all.addAll(items);
        all.addAll(listings);
    }

    /** Items that a thief could have. */
    int stealable() {
        return items.size();
    }

    /** Encoded bytes of the stealable items. */
    long encodedBytes() {
        return encodedBytes;
    }

    void push(Item item) {
        if (item.stealable()) {
            items.addLast(item);
            account(item, 1);
        } else {
            listings.addLast(item);
        }
    }

    /** The item that its owner does next, or null. Of a splittable item the front is taken and the rest stays. */
    @Nullable
    Item take() {
        if (!listings.isEmpty() && (items.isEmpty() || encodedBytes < HIGH_WATER_BYTES)) {
            return listings.removeLast();
        }
        Item newest = items.pollLast();
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
     * Takes the oldest items out for a thief until half of the weight is taken, or {@code bytesMax} encoded bytes, but at
     * least one. A single splittable item is halved.
     *
     * @return the items, oldest first; empty if there is nothing to steal
     */
    List<Item> steal(int bytesMax) {
        List<Item> stolen = new ArrayList<>();
        long half = weight / 2;
        long taken = 0;
        long bytes = 0;
        Iterator<Item> oldestFirst = items.iterator();
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
                    items.addFirst(cut.left());
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
    }
}

package org.pcircle.circle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The items that are with workers, each as the object that it is; a few for each worker, so they are looked through.
 */
final class InFlightItems {

    private final List<Item> items = new ArrayList<>();

    int size() {
        return items.size();
    }

    void add(Item item) {
        items.add(item);
    }

    /** Takes out an item that was added. */
    void remove(Item item) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) == item) {
                items.remove(i);
                return;
            }
        }
        throw new IllegalStateException("not with a worker: " + item);
    }

    List<Item> items() {
        return Collections.unmodifiableList(items);
    }
}

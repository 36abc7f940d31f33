package org.pcircle.circle;

import java.util.List;

/**
 * What follows from one item, notice or beginning of a round; a rank applies all of it in one step.
 *
 * @param items new work, the item to be done first last
 * @param notices what other ranks' work, or this one's, must know
 */
public record Effects(List<Item> items, List<Notice.Addressed> notices) {

    public static final Effects NONE = new Effects(List.of(), List.of());

    public static Effects of(List<Item> items) {
        return new Effects(items, List.of());
    }

    public static Effects of(Item item) {
        return of(List.of(item));
    }
}

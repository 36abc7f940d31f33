package org.pcircle.circle;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work that the circle hands out, steals and grants without knowing what it does.
 *
 * <p>Items are immutable. What an item costs is an estimate, used only to share work fairly.
 */
public interface Item {

    /** What one entry costs beyond its data, expressed in bytes of data: create, set times, close. */
    long ENTRY_WEIGHT_BYTES = 32 * 1024;

    /** Estimated bytes of file data that this item moves. */
    long dataBytes();

    /** Estimated number of directory entries that this item deals with. */
    long entries();

    /** Bytes that this item takes in a message, and about what it takes in memory. */
    int encodedBytes();

    /** Whether another rank may run this item; one that holds open descriptors stays where it is. */
    default boolean stealable() {
        return true;
    }

    /**
     * Whether running this item frees memory of its rank: it holds a block that is to be written, or ends something
     * that takes memory until it has ended. A rank runs such an item, which is not {@linkplain #stealable() stealable},
     * before all others.
     */
    default boolean freesMemory() {
        return false;
    }

    /**
     * What the data of one item weighs at most: what is longer is a hole for the most part, and many of them must add
     * up.
     */
    long DATA_WEIGHT_MAX = 1L << 46;

    /** The item's cost in bytes: data plus {@link #ENTRY_WEIGHT_BYTES} for each entry. */
    default long weight() {
        return Math.min(dataBytes(), DATA_WEIGHT_MAX) + entries() * ENTRY_WEIGHT_BYTES;
    }

    /** An item that can be cut: the front for a worker, the back half for a thief. */
    interface Splittable extends Item {

        /** Cuts off the front that one worker does at a time. */
        Cut cutForWorker();

        /** Cuts off the back half; all of it when it is too small to cut. */
        Cut cutForThief();
    }

    /** Two parts of a splittable item; {@code left} is null when all of it was taken. */
    record Cut(Item taken, @Nullable Item left) {}
}

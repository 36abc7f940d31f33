package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Splits lists into pieces that fit into a message. */
public final class Pieces {

    /** Bytes in one piece, unless a single element is longer. */
    private static final int BYTES_MAX = 128 * 1024;

    private Pieces() {}

    /**
     * The elements of a list, in pieces; no pieces for an empty list.
     *
     * @param bytes about the bytes of an element in a message
     */
    public static <T> List<List<T>> of(List<T> all, ToIntFunction<T> bytes) {
        List<List<T>> pieces = new ArrayList<>();
        int from = 0;
        long sum = 0;
        for (int i = 0; i < all.size(); i++) {
            int next = bytes.applyAsInt(all.get(i));
            sum += next;
            if (sum > BYTES_MAX && i > from) {
                pieces.add(List.copyOf(all.subList(from, i)));
                from = i;
                sum = next;
            }
        }
        if (from < all.size()) {
            pieces.add(List.copyOf(all.subList(from, all.size())));
        }
        return pieces;
    }
}

package org.pcircle.circle;

/** Counts that are added up, of one rank or of all. */
public final class Counts {

    private Counts() {}

    /**
     * The sum of two; the largest there is where they are more, as the bytes of files can be that are hardly more than
     * holes.
     */
    public static long sum(long a, long b) {
        return a > 0 && b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
    }

    /** Adds others of the same kinds to counts. */
    public static void add(long[] counts, long[] others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = sum(counts[i], others[i]);
        }
    }
}

package org.pcircle.report;

import java.util.EnumSet;
import java.util.Set;

/** Counts files by their length: empty ones, those of up to 4 KiB, and so on by factors of 16. */
public final class FileSizes {

    /** The counters, by length. */
    static final Set<Counter> COUNTERS = EnumSet.range(Counter.SIZE_0, Counter.SIZE_LARGER);

    private static final long FIRST_LIMIT = 4096;
    private static final int FACTOR = 16;
    private static final int LIMITS = COUNTERS.size() - 2;

    private FileSizes() {}

    /** The counter of files of this length. */
    public static Counter of(long bytes) {
        int at = bytes == 0 ? 0 : 1;
        for (long limit = FIRST_LIMIT; at > 0 && at <= LIMITS && bytes > limit; limit *= FACTOR) {
            at++;
        }
        return Counter.values()[Counter.SIZE_0.ordinal() + at];
    }
}

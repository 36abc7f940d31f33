package org.pcircle.manifest;

import java.util.function.Consumer;
import org.pcircle.digest.Leaf;

/**
 * Turns leaves in ascending order into ranges of bytes, as long as possible: {@code 1048576-3145727}, both ends
 * included.
 */
final class ByteRanges {

    private final long fileBytes;
    private final Consumer<String> ranges;
    private long from;
    private long to;

    ByteRanges(long fileBytes, Consumer<String> ranges) {
        this.fileBytes = fileBytes;
        this.ranges = ranges;
    }

    void addLeaves(long first, long count) {
        long start = first * Leaf.BYTES;
        if (start != to) {
            end();
            from = start;
        }
        to = start + count * Leaf.BYTES;
    }

    /** Passes on the last range. */
    void end() {
        if (from < to) {
            ranges.accept(from + "-" + (Math.min(to, fileBytes) - 1));
        }
        from = to;
    }
}

package org.pcircle.work.largefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of bytes {@code [from, to)} as disjoint intervals, from which ranges are subtracted until it is empty. */
final class IntervalSet {

    private final TreeMap<Long, Long> intervals = new TreeMap<>();

    IntervalSet(long from, long to) {
        if (from < to) {
            intervals.put(from, to);
        }
    }

    /** Adds a range that neither overlaps nor touches any in the set. */
    void add(long from, long to) {
        Map.Entry<Long, Long> before = intervals.lowerEntry(to);
        assert from < to && (before == null || before.getValue() < from);
        assert !intervals.containsKey(to);
        intervals.put(from, to);
    }

    /** The set as intervals, ascending. */
    List<LargeFileState.Interval> intervals() {
        List<LargeFileState.Interval> all = new ArrayList<>();
        intervals.forEach((from, to) -> all.add(new LargeFileState.Interval(from, to)));
        return all;
    }

    boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** Number of bytes in the set. */
    long bytes() {
        long bytes = 0;
        for (Map.Entry<Long, Long> interval : intervals.entrySet()) {
            bytes += interval.getValue() - interval.getKey();
        }
        return bytes;
    }

    /** Subtracts a range, which need not be in the set. Returns how many of its bytes were. */
    long subtract(long from, long to) {
        if (from >= to) {
            return 0;
        }
        long taken = 0;
        Map.Entry<Long, Long> before = intervals.lowerEntry(from);
        if (before != null && before.getValue() > from) {
            taken += Math.min(before.getValue(), to) - from;
            intervals.put(before.getKey(), from);
            if (before.getValue() > to) {
                intervals.put(to, before.getValue());
            }
        }
        Map.Entry<Long, Long> inside = intervals.ceilingEntry(from);
        while (inside != null && inside.getKey() < to) {
            taken += Math.min(inside.getValue(), to) - inside.getKey();
            intervals.remove(inside.getKey());
            if (inside.getValue() > to) {
                intervals.put(to, inside.getValue());
            }
            inside = intervals.ceilingEntry(from);
        }
        return taken;
    }
}

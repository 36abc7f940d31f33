package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class IntervalSetTest {

    private static final int LENGTH = 200;

    @Property
    void itSubtractsAsASetOfBytesDoes(@ForAll @Size(max = 40) List<@IntRange(max = LENGTH * LENGTH) Integer> ranges) {
        IntervalSet intervals = new IntervalSet(0, LENGTH);
        BitSet bytes = new BitSet();
        bytes.set(0, LENGTH);
        for (int range : ranges) {
            int from = range / LENGTH;
            int to = range % LENGTH;
            int before = bytes.cardinality();
            long taken = intervals.subtract(from, to);
            if (from < to) {
                bytes.clear(from, to);
            }
            assertThat(taken).isEqualTo(before - bytes.cardinality());
            assertThat(intervals.bytes()).isEqualTo(bytes.cardinality());
            assertThat(intervals.isEmpty()).isEqualTo(bytes.isEmpty());
        }
    }
}

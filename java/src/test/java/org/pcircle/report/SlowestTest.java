package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class SlowestTest {

    @Property
    void keepsWhatTookLongest(@ForAll List<@LongRange(min = 0, max = 100) Long> times) {
        Slowest slowest = new Slowest(3);
        times.forEach(ns -> slowest.add(new SlowWork(new byte[0], 1, 0, ns)));

        assertThat(slowest.inOrder().stream().map(SlowWork::ns))
                .isEqualTo(times.stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(3)
                        .toList());
        assertThat(slowest.wouldKeep(101)).isTrue();
    }
}

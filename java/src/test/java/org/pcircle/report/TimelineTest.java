package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long INTERVAL_NS = 100;

    private final long[] counters = new long[Counter.COUNT];
    private final Timeline timeline = new Timeline(0, INTERVAL_NS);

    @Test
    void beginsWithNothingAndIsDueAfterAnInterval() {
        assertThat(timeline.samples()).containsExactly(new Timeline.Sample(0, 0, 0, 0));
        assertThat(timeline.isDue(INTERVAL_NS - 1)).isFalse();
        assertThat(timeline.isDue(INTERVAL_NS)).isTrue();
    }

    /** What the ranks report last of all must not look as if it had been done in no time. */
    @Test
    void theEndTakesThePlaceOfASampleJustBeforeIt() {
        Counter.BYTES.add(counters, 10);
        timeline.add(counters, INTERVAL_NS);
        timeline.add(counters, 2 * INTERVAL_NS);
        Counter.BYTES.add(counters, 10);
        timeline.end(counters, 2 * INTERVAL_NS + 1);

        assertThat(timeline.samples()).extracting(Timeline.Sample::bytes).containsExactly(0L, 10L, 20L);
    }

    @Test
    void aShortRunHasABeginningAndAnEnd() {
        timeline.end(counters, 1);

        assertThat(timeline.samples()).hasSize(2);
    }

    @Test
    void aLongRunIsThinnedOutEvenly() {
        int taken = 0;
        for (long now = 1; now <= 100_000 * INTERVAL_NS; now += INTERVAL_NS / 2) {
            if (timeline.isDue(now)) {
                Counter.BYTES.add(counters, 1);
                timeline.add(counters, now);
                taken++;
            }
        }
        List<Timeline.Sample> samples = timeline.samples();

        assertThat(taken).isLessThan(20 * Timeline.SAMPLES_MAX);
        assertThat(samples).hasSizeBetween(Timeline.SAMPLES_MAX / 2, Timeline.SAMPLES_MAX);
        assertThat(samples).extracting(Timeline.Sample::seconds).isSorted();
        assertThat(samples).extracting(Timeline.Sample::bytes).isSorted();
        double step = samples.get(1).seconds() - samples.get(0).seconds();
        for (int i = 1; i < samples.size(); i++) {
            assertThat(samples.get(i).seconds() - samples.get(i - 1).seconds()).isBetween(0.4 * step, 2.1 * step);
        }
    }
}

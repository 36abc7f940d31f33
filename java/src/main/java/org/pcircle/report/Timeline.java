package org.pcircle.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The totals of a whole run over time, in bounded memory: at most {@value #SAMPLES_MAX} samples. When it is full, every
 * other sample is dropped, and the interval is doubled.
 */
public final class Timeline {

    static final int SAMPLES_MAX = 512;

    /** Totals at a time since the start. */
    public record Sample(double seconds, long entries, long bytes, long faults) {}

    private final long startNs;
    private final List<Sample> samples = new ArrayList<>();
    private long intervalNs;
    private long nextNs;

    /**
     * An empty timeline that begins now.
     *
     * @param intervalNs between two samples at first
     */
    public Timeline(long nowNs, long intervalNs) {
        this.startNs = nowNs;
        this.intervalNs = intervalNs;
        this.nextNs = nowNs + intervalNs;
        samples.add(new Sample(0, 0, 0, 0));
    }

    public boolean isDue(long nowNs) {
        return nowNs - nextNs >= 0;
    }

    public void add(long[] counters, long nowNs) {
        if (samples.size() == SAMPLES_MAX) {
            thinOut();
        }
        samples.add(new Sample(
                (nowNs - startNs) / 1e9,
                Counter.entries(counters),
                Counter.BYTES.in(counters),
                Counter.FAULTS.in(counters)));
        nextNs = nowNs + intervalNs;
    }

    /**
     * Ends the timeline with a last sample. It replaces the one before if that is so near that a rate between the two
     * would be meaningless.
     */
    public void end(long[] counters, long nowNs) {
        if (samples.size() > 1 && !isDue(nowNs)) {
            samples.remove(samples.size() - 1);
        }
        add(counters, nowNs);
    }

    private void thinOut() {
        for (int i = 0; 2 * i < samples.size(); i++) {
            samples.set(i, samples.get(2 * i));
        }
        samples.subList((samples.size() + 1) / 2, samples.size()).clear();
        intervalNs *= 2;
    }

    /** The samples, in order. */
    public List<Sample> samples() {
        return List.copyOf(samples);
    }
}

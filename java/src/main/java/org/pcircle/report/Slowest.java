package org.pcircle.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The few pieces of work that took longest. */
public final class Slowest {

    private static final Comparator<SlowWork> BY_TIME = (one, other) -> Long.compare(other.ns(), one.ns());

    private final int max;
    private final List<SlowWork> kept = new ArrayList<>();

    /** Keeps so many. */
    public Slowest(int max) {
        this.max = max;
    }

    /** Whether work of this duration would be kept. */
    public boolean wouldKeep(long ns) {
        return kept.size() < max || ns > kept.get(kept.size() - 1).ns();
    }

    public void add(SlowWork work) {
        if (wouldKeep(work.ns())) {
            kept.add(work);
            kept.sort(BY_TIME);
            if (kept.size() > max) {
                kept.remove(max);
            }
        }
    }

    public void addAll(Collection<SlowWork> others) {
        others.forEach(this::add);
    }

    /** Those kept, the slowest first. */
    public List<SlowWork> inOrder() {
        return List.copyOf(kept);
    }
}

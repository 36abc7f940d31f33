package org.pcircle.it.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The summary that {@code --stats} writes. */
public final class Stats {

    private final Map<String, Object> run;

    private Stats(Map<String, Object> run) {
        this.run = run;
    }

    public static Stats read(Path file) {
        return new Stats(Json.objects(file).get(0));
    }

    public double seconds() {
        return ((Number) run.get("seconds")).doubleValue();
    }

    public long total(String counter) {
        return ((Number) run.get(counter)).longValue();
    }

    /** The host of each rank. */
    public List<String> hosts() {
        return ((List<?>) run.get("ranks"))
                .stream().map(rank -> (String) ((Map<?, ?>) rank).get("host")).toList();
    }

    /** A counter of each rank. */
    public List<Long> perRank(String counter) {
        return ((List<?>) run.get("ranks"))
                .stream()
                        .map(rank -> ((Number) ((Map<?, ?>) rank).get(counter)).longValue())
                        .toList();
    }
}

package org.pcircle.report;

import java.util.List;

/**
 * What one rank did in a run.
 *
 * @param counters in the order of {@link Counter}
 * @param requests for work that it sent
 * @param grants of work that it received
 * @param slowest of its work, at most {@value #SLOWEST_MAX} pieces
 */
public record RankShare(int rank, String host, long[] counters, long requests, long grants, List<SlowWork> slowest) {

    /** Rank 0 keeps so many of every rank. */
    public static final int SLOWEST_MAX = 5;
}

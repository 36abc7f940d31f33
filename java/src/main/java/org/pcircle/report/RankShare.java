package org.pcircle.report;

/**
 * What one rank did of a run.
 *
 * @param counters in the order of {@link Counter}
 * @param requests for work that it sent
 * @param grants of work that it received
 */
public record RankShare(int rank, String host, long[] counters, long requests, long grants) {}

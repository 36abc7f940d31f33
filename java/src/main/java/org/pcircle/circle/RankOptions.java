package org.pcircle.circle;

/**
 * Where a rank stands and how it is driven.
 *
 * @param ranksOfHost the ranks on its host, itself among them, ascending; not written to
 * @param workers how many items its workers can run at a time
 * @param reduceIntervalNs how often counters go up the tree, in nanoseconds
 * @param seed of the choice of victims
 */
public record RankOptions(Tree tree, int[] ranksOfHost, int workers, long reduceIntervalNs, long seed) {}

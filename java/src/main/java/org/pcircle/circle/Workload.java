package org.pcircle.circle;

/**
 * What the circle asks of the work it carries. Called by its rank only, on the rank's thread; implementations neither
 * block nor touch the files that they copy.
 */
public interface Workload {

    /** How many rounds there are; a round begins everywhere when the one before it has ended everywhere. */
    int rounds();

    /** A round begins, at this rank. Round 0 comes first. */
    Effects begin(int round);

    /** Takes in a notice of another rank, or of this one. */
    Effects receive(int from, Notice notice);

    /** This rank's counters now, in an order that all ranks share; they are added up over the tree. */
    long[] counters();
}

package org.pcircle.circle;

/**
 * Something that one rank's work tells another rank's, such as "this range is done". It may create work there, so the
 * circle counts it as it counts granted items. Immutable.
 */
public interface Notice {

    /** A notice and the rank it is for. */
    record Addressed(int to, Notice notice) {}
}

package org.pcircle.plan;

/** What is done with the trees of a run. */
public enum Task {
    /** They are copied. */
    COPY,
    /** They are read, for their signature. */
    SUM,
    /** What a dead run had been growing in them is deleted, and what it had written down. */
    DISCARD
}

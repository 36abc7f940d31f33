package org.pcircle.plan;

/** What a run does with its trees. */
public enum Task {
    /** Copy them. */
    COPY,
    /** Read them, for their signature. */
    SUM,
    /** Delete the temporary files and the run files of a stopped run. */
    DISCARD
}

package org.pcircle.plan;

/** How a run names the entries that it changes in the destination, a line each; a dry run those that it would. */
public enum ChangeFormat {
    /** Not at all. */
    NONE,
    /** A verb and the whole path: {@code copy PATH}. */
    VERBS,
    /** The letters of rsync's --itemize-changes, and the path in the transfer. */
    ITEMS
}

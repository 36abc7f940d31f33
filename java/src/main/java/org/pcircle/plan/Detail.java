package org.pcircle.plan;

/** What is said of each entry besides the signature of all. */
public enum Detail {
    /** Nothing. */
    NONE,
    /** What the signature sees of it. */
    ENTRIES,
    /** That, and the digest of each leaf of a file. */
    LEAVES
}

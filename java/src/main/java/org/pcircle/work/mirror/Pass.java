package org.pcircle.work.mirror;

/** Which of the two looks at the target a comparison belongs to. */
public enum Pass {
    /** Extraneous entries are counted, before the first of them is deleted. */
    COUNT,
    /** They are deleted, or, in a dry run, listed. */
    DELETE
}

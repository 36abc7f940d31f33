package org.pcircle.plan;

/**
 * Which entries of the roots' trees take part.
 *
 * @param filter include and exclude rules
 * @param oneFileSystem whether directories on other file systems than their root's are not entered
 */
public record Selection(Filter filter, boolean oneFileSystem) {

    /** All entries. */
    public static final Selection ALL = new Selection(Filter.NONE, false);
}

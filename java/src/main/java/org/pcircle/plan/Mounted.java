package org.pcircle.plan;

import org.pcircle.fs.TreePath;

/**
 * What was mounted at a path below the top of a source when the plan was made. It names a file system for all ranks and
 * for a resumed run, as device numbers mean something to one process alone.
 *
 * @param inode of the directory or file that was mounted there
 */
public record Mounted(TreePath path, long inode) {}

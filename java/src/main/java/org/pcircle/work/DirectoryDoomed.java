package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To rank 0, which takes directories away, deepest first: a directory of the target that the source lacks, soon to be empty. */
record DirectoryDoomed(DirectoryMetadata directory) implements Notice {}

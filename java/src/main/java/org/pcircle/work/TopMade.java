package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To rank 0, which finishes the tops of the trees last: the directory at the top of a root has been made. */
record TopMade(DirectoryMetadata top) implements Notice {}

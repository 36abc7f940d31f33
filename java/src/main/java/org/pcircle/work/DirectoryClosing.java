package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To rank 0, which closes such directories in the one order that works: one that its owner cannot enter afterwards. */
record DirectoryClosing(DirectoryMetadata directory) implements Notice {}

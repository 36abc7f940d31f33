package org.pcircle.work;

import org.pcircle.circle.Notice;
import org.pcircle.report.RankShare;

/** To rank 0: what the sender did of the run, all of it now done. */
record ShareDone(RankShare share) implements Notice {}

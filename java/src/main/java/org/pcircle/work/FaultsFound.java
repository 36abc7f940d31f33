package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Notice;
import org.pcircle.report.Fault;

/** To rank 0, which writes the error list: entries that failed. */
record FaultsFound(List<Fault> faults) implements Notice {}

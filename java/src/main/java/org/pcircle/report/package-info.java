/** What a run tells its user: counters, faults, progress, the summary. */
@NullMarked
package org.pcircle.report;

import org.jspecify.annotations.NullMarked;

package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To the rank that has written a range: it was read back, so that it may ask for another. */
record RangeReadBack() implements Notice {}

package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To the rank that is to read back what another has written. */
record RangeWritten(VerifyRange range) implements Notice {}

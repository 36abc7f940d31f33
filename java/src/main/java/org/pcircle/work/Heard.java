package org.pcircle.work;

import org.pcircle.circle.Notice;

/** From rank 0: one notice with something to write down for the user has been taken in. */
record Heard() implements Notice {}

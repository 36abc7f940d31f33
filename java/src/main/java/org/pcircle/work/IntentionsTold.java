package org.pcircle.work;

import org.pcircle.circle.Notice;

/** To rank 0, which prints them: whole lines that say what a dry run would do. */
record IntentionsTold(byte[] lines) implements Notice {}

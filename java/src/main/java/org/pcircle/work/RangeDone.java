package org.pcircle.work;

import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Notice;
import org.pcircle.report.Fault;

/**
 * To the owner of a large file: the bytes {@code [from, to)} are written and the file is closed, or they failed.
 *
 * @param file the file's number at its owner
 * @param fault why they failed; null if they did not
 */
record RangeDone(long file, long from, long to, @Nullable Fault fault) implements Notice {}

/**
 * What a run tells: counters, faults, progress, the summary, statistics, a page for a browser.
 *
 * <pre>
 *   every rank:   Counter in a long[], added up with each result
 *   circle:       sums of all ranks at rank 0, every reduce interval
 *   rank 0:       Progress       a line, or a JSON object, now and then
 *                 Timeline       at most 512 samples; when it is full, every other one goes
 *                 ErrorList      a line of JSON for each Fault; the first 20 on the terminal, too
 *   at the end:   RankShare of each rank, with its slowest pieces of work
 *                 Summary, statistics (docs/stats.md), HtmlReport, ExitCode
 * </pre>
 *
 * <p><b>Fault.</b> One entry, or some bytes of one, that could not be dealt with as asked: path, operation, errno. An
 * entry that vanished from the source is a fault that does not count as a failure for deletions.
 *
 * <p><b>When everything has been found.</b> Scans are counted when they are found and when they end ({@code SCANS},
 * {@code SCANS_ENDED}). When both sums agree, with the second one as it was before every rank's last report, the whole
 * tree has been found, and a share and a time left are told (Mattern's four counters, with time in place of a second
 * wave). Bytes that will not be copied, since their file is up to date or has failed, count as settled
 * ({@code PASSED_BYTES}).
 *
 * <p><b>HtmlReport</b> is one file that needs no other. Its charts are drawn by uPlot, of which the build puts two
 * files into our jar. {@code Slowest}: five pieces of work a rank.
 *
 * <p>The order of {@code Counter} is that of every array of counters, in messages and checkpoints as well. Sums
 * saturate. Everything here is for one thread at a time; files are streams that are opened by others.
 */
@NullMarked
package org.pcircle.report;

import org.jspecify.annotations.NullMarked;

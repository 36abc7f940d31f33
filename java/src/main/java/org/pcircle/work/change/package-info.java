/**
 * Lines that name what is changed ({@code -v}, {@code -i}), or would be ({@code --dry-run}). Any room may use them.
 *
 * <pre>
 *   item:     ChangeLines    in the format of the plan: VerbLines or ItemLines, from {@code fs.Changes} of the natives
 *   notice:   ChangeOutput   whole lines, up to 64 KiB, to rank 0
 *   rank 0:   PrintedLines   prints them; while the reader is slow one worker waits (AwaitOutput, OutputTaken), and
 *                            acknowledgements with it, so that who sends lines waits, too
 * </pre>
 *
 * <p>Without these options there are no such objects, and nothing is compared.
 */
@NullMarked
package org.pcircle.work.change;

import org.jspecify.annotations.NullMarked;

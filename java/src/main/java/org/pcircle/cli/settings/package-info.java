/**
 * What was typed, checked and converted: immutable records, one for each way to call a command, and some parts that
 * they share ({@code RunSettings}, {@code CheckpointSettings}, {@code PreserveSettings}).
 *
 * <pre>
 *   CommandLine  to  FcpSettings | FsumSettings | DiscardSettings     or UsageException, nothing touched
 * </pre>
 *
 * <p>Settings say what the user wants, never how it is done: they know no jobs, no transport and no console, and open
 * no file. A contradiction between options is found here; one that only the file system can tell (a missing source, a
 * destination inside its source) is found when the plan is made.
 *
 * <p>{@code PreserveSettings} keeps apart what is implied and what the user has named: the loss of an implied attribute
 * is counted, the loss of a named one fails the entry.
 */
@NullMarked
package org.pcircle.cli.settings;

import org.jspecify.annotations.NullMarked;

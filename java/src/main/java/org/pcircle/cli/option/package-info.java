/**
 * What can be typed: one table of options for both commands, and how words become entries of it.
 *
 * <pre>
 *   argv, ISO 8859-1, a character a byte       the launcher passes bytes; RawArguments turns them back
 *     for each word:
 *       "--"            all that follows are operands
 *       "--word[=arg]"  CommandOption by its word, or an alias
 *       "-x[arg]"       CommandOption by its letter; letters may be joined
 *       else            an operand
 *     unknown           UsageException, with the nearest spelling (Spelling)
 *   CommandLine         options in their order, of which the last of a kind counts, and operands
 * </pre>
 *
 * <p>{@code CommandOption} is the only place where an option is declared: word, letter, argument, group, and its two
 * texts, a phrase for a line of the help and whole sentences for the manual. Parser, help, manual pages, completions
 * and suggestions follow from it; {@code DocumentationTest} holds the documents to it. To add an option: a row here, a
 * field in one of the settings, and the place that uses it.
 *
 * <p>Rooms above convert arguments: sizes and times by {@code Measures}. All types here are immutable.
 */
@NullMarked
package org.pcircle.cli.option;

import org.jspecify.annotations.NullMarked;

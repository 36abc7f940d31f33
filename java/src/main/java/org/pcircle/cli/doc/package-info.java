/**
 * Help, manual pages and shell completions, all from the table of options.
 *
 * <pre>
 *   CommandOption  to  Help             the screen of --help
 *                      ManPage          man(7): prose of src/main/man, options from the table
 *                      BashCompletion   one function a command
 *                      ZshCompletion    one _command file
 * </pre>
 *
 * <p>{@code DistributionFiles} writes the last three when the distribution is built; the packages put them where the
 * system looks for manuals and completions. Everything here is text in, text out: no state, no files but those.
 */
@NullMarked
package org.pcircle.cli.doc;

import org.jspecify.annotations.NullMarked;

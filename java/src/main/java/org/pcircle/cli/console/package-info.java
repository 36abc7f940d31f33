/**
 * What is printed, at the one rank that speaks: results on stdout, everything else on stderr with the command's name
 * before it. UTF-8 whatever the locale; control characters in paths are shown as {@code \ooo}.
 *
 * <pre>
 *   loop's thread  --pieces-->  AsyncOutput, at most 256 waiting  --its thread-->  Console  -->  stdout, stderr
 * </pre>
 *
 * <p>A terminal that is held, a full pipe or a file server that does not answer blocks the thread of
 * {@code AsyncOutput}, not the rank's loop, which serves the other ranks meanwhile. With 256 pieces waiting the loop
 * waits, too, so memory is bounded. With a quarter of that those who print changes are kept waiting, so that it does not
 * come to that. Order is kept. All methods are for the loop's thread.
 *
 * <p>{@code ShellWord} quotes a path so that a shell takes it for one word. This room knows no settings.
 */
@NullMarked
package org.pcircle.cli.console;

import org.jspecify.annotations.NullMarked;

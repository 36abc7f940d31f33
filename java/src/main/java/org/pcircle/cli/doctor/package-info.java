/**
 * Examines a node before a run does ({@code --doctor}), and tells what this pcircle is made of ({@code --version}).
 *
 * <pre>
 *   for each thing that a run needs: Java, native library, transports, launchers, memory of the control group, limits
 *     a line that begins with ok, note (less than there could be) or FAIL; one FAIL makes exit code 1
 *   with two directories: entries/probe.c copies some blocks between them by each method, and by the choice of a run
 *     which method is taken, whether holes, xattrs and ACLs stay, how finely times are kept
 * </pre>
 *
 * <p>The probe asks the same code that a run asks ({@code data/method_choice.c}), so what it says is what a run does.
 * It uses files without a name (O_TMPFILE) where the file system has them, and else closes a file before it unlinks it
 * ({@code filesystem/trial_file.h}), so nothing is left behind however it ends.
 */
@NullMarked
package org.pcircle.cli.doctor;

import org.jspecify.annotations.NullMarked;

/** One run of a command at one rank, from the plan to the exit code: its files, its resumption, what is said at its end. */
@NullMarked
package org.pcircle.cli.job;

import org.jspecify.annotations.NullMarked;

/**
 * The commands: {@code Fcp} and {@code Fsum} hold a main method each, and {@code Main} does what they have in common.
 * Only this package and its rooms print, or end the process.
 *
 * <pre>
 *   words of the command line
 *     option.CommandLine      parsed by the table option.CommandOption
 *     settings.FcpSettings    checked, converted: what the user wants; knows no jobs
 *     job.Job                 one run, from the plan to the exit code
 *   exit code
 * </pre>
 *
 * <p>{@code Main} chooses: help, version and doctor end at once. Otherwise settings are made before the transport is
 * opened, so a usage error loads no MPI. Every rank finds the same error; rank 0 alone reports it, and the others wait
 * for that, as mpirun ends all ranks when the first one fails.
 *
 * <p>The two commands differ in what they make of their words and in what they do with trees. They share the table of
 * options, {@code RunSettings}, the job around the run, {@code TreeWorkload}, and the launcher
 * ({@code native/src/main/launcher}).
 *
 * <p>Arrows: {@code job} uses {@code settings} and {@code console}; {@code settings} uses {@code option}; {@code doc}
 * and {@code doctor} are leaves. Nothing below {@code cli} knows it.
 */
@NullMarked
package org.pcircle.cli;

import org.jspecify.annotations.NullMarked;

/**
 * The pure core: a rank as a value that takes messages, work and the time, and says what to send.
 *
 * <p>Nothing here does I/O, starts a thread, reads a clock or knows MPI; three drivers share it unchanged: one
 * process ({@code run.RankLoop} over {@code transport.InProcess}), many processes ({@code transport.OpenMpi}) and the
 * simulator of the tests ({@code VirtualCluster}).
 */
@NullMarked
package org.pcircle.circle;

import org.jspecify.annotations.NullMarked;

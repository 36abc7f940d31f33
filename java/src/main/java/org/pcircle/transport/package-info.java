/**
 * How messages get from rank to rank.
 *
 * <pre>
 *   Launcher.of(environment)              was this process started as one of many?
 *   TransportChoice.open(launcher, codec) the provider that --transport names, or that fits: InProcess or Open MPI
 *     transport.send(to, message)         never waits; encoded into one of MessageBuffers where it leaves the process
 *     transport.poll(inbox, limit)        the only moment at which something arrives
 * </pre>
 *
 * <p>Invariants, which {@code TransportContract} tests of each transport: a message arrives once and unchanged;
 * messages from one rank to another arrive in the order in which they were sent, and that is all the order there is. A
 * process that runs alone loads no MPI.
 *
 * <p>A transport is added by a class with its {@link org.pcircle.transport.TransportProvider}, a test that extends
 * {@code TransportContract}, a constant of {@link org.pcircle.transport.TransportChoice}, and its word in the option
 * {@code --transport}.
 */
@NullMarked
package org.pcircle.transport;

import org.jspecify.annotations.NullMarked;

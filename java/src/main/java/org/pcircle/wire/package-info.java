/**
 * Fields of messages and files as bytes, in network byte order: one byte-level codec for the protocol's messages,
 * plans, items, notices, checkpoints and spools.
 *
 * <pre>
 *   Wire.encodedBytes(field)      how long a buffer must be
 *   Wire.writeX(field, buffer)    at the buffer's position, which moves past it
 *   Wire.readX(buffer)            the field, or an exception
 * </pre>
 *
 * <p>Nothing that is read is trusted: a count is checked against the bytes that are left before anything is allocated.
 * Malformed bytes raise {@code MalformedMessageException}, missing ones {@code BufferUnderflowException}. The bytes of
 * each format are held by golden files in the tests, and decoders by property tests.
 *
 * <p>It depends on the JDK alone, keeps nothing, and may be called from any thread.
 */
@NullMarked
package org.pcircle.wire;

import org.jspecify.annotations.NullMarked;

/** Fields of messages and files as bytes, in network byte order, and what is said of bytes that are none. It depends on the JDK alone. */
@NullMarked
package org.pcircle.wire;

import org.jspecify.annotations.NullMarked;

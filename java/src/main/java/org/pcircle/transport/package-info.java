/** How messages get from rank to rank: one port, and a provider for one process and one for Open MPI. */
@NullMarked
package org.pcircle.transport;

import org.jspecify.annotations.NullMarked;

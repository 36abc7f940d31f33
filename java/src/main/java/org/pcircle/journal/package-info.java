/** What a run writes down while it goes on, below {@code .fcp/ID} in the destination: the formats and the files. */
@NullMarked
package org.pcircle.journal;

import org.jspecify.annotations.NullMarked;

/** What a run is to do, decided once on rank 0 and broadcast: immutable records, and the rules that lead to them. */
@NullMarked
package org.pcircle.plan;

import org.jspecify.annotations.NullMarked;

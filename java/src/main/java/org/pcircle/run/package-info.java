/** One rank at run time: the loop that drives it, the threads that work for it, and how the loop waits. */
@NullMarked
package org.pcircle.run;

import org.jspecify.annotations.NullMarked;

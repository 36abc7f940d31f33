/** What is printed: results, errors and progress, each whole, in order, and never in the way of the loop. */
@NullMarked
package org.pcircle.cli.console;

import org.jspecify.annotations.NullMarked;

/** Help, manual and completions, from the table of options. */
@NullMarked
package org.pcircle.cli.doc;

import org.jspecify.annotations.NullMarked;

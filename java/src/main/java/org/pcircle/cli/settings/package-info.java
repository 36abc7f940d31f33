/** What was typed, checked and in terms of a run. It knows no jobs. */
@NullMarked
package org.pcircle.cli.settings;

import org.jspecify.annotations.NullMarked;

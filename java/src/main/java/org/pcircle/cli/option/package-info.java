/** What can be typed: the table of options, which the parser, the settings and the documents follow; measures, and guesses at misspelled words. */
@NullMarked
package org.pcircle.cli.option;

import org.jspecify.annotations.NullMarked;

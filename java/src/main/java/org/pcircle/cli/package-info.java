/** Words in, words out: the option tables, the commands' main classes. The only package that prints or exits. */
@NullMarked
package org.pcircle.cli;

import org.jspecify.annotations.NullMarked;

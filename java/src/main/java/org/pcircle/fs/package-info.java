/**
 * Files and directories as the rest of the program sees them: descriptors, entry records, error numbers. The only package
 * that calls the natives, and the one place where {@code -errno} becomes an exception.
 */
@NullMarked
package org.pcircle.fs;

import org.jspecify.annotations.NullMarked;

/** Declarations of the native functions, and nothing else: {@code javac -h} makes the C header from this package alone. */
@NullMarked
package org.pcircle.jni;

import org.jspecify.annotations.NullMarked;

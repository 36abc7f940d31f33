/**
 * Declarations of the native functions, and nothing else: {@code javac -h} makes the C header from this package alone.
 *
 * <pre>
 *   fs  to  Native.f(int fd, ByteBuffer direct, ...)  to  native/src/main/c/jni/pcircle_jni.c  to  pc_f(...)
 * </pre>
 *
 * <p>The contract of every function: 0 or a count if it succeeds; if not, a negative number, either {@code -errno} or a
 * failure, which holds the operation, too ({@code record/failure.h}). It throws nothing. Descriptors are ints and stay
 * the caller's. Buffers are direct; structs in them are drawn in {@code native/src/main/c/record}. Functions may be
 * called from any thread, each with its own context. Only {@code fs} calls them.
 */
@NullMarked
package org.pcircle.jni;

import org.jspecify.annotations.NullMarked;

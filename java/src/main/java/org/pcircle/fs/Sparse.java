package org.pcircle.fs;

/** How the holes of files are copied. The order is that of {@code enum pc_sparse} in {@code context.h}. */
public enum Sparse {
    /** Holes stay holes. */
    AUTO,
    /** Blocks of zeros become holes, too. */
    ALWAYS,
    /** Holes are filled with zeros. */
    NEVER
}

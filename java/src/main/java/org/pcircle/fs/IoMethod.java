package org.pcircle.fs;

/**
 * How file data is moved: the rungs of a ladder, each tried if the one above it can't be had between two file systems. The
 * order is that of {@code enum pc_method} in {@code context.h}.
 */
public enum IoMethod {
    BUFFERED,
    DIRECT,
    SPLICE,
    COPY_FILE_RANGE,
    REFLINK
}

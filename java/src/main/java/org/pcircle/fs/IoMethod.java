package org.pcircle.fs;

/**
 * Copy methods, the best last: each is tried if the one below it in this list does not work, or is not worth trying,
 * between two file systems. The order is that of {@code enum pc_method} in {@code context.h}.
 */
public enum IoMethod {
    /** The best method that works. With any other value the copy of a file fails if that method does not work. */
    AUTO,
    BUFFERED,
    DIRECT,
    SPLICE,
    COPY_FILE_RANGE,
    REFLINK;

    /**
     * Whether the method can treat holes this way: leaving out zeros needs the data in memory, and a method that copies
     * holes cannot fill them.
     */
    public boolean suits(Sparse sparse) {
        return switch (sparse) {
            case AUTO -> true;
            case ALWAYS -> compareTo(DIRECT) <= 0;
            case NEVER -> compareTo(SPLICE) <= 0;
        };
    }
}

package org.pcircle.fs;

/**
 * How file data is moved: methods, the best last, each tried if the one below it in this list can't be had or is not worth
 * trying between two file systems. The order is that of {@code enum pc_method} in {@code context.h}.
 */
public enum IoMethod {
    /** The best method that works; any other is used or the copy of the file fails. */
    AUTO,
    BUFFERED,
    DIRECT,
    SPLICE,
    COPY_FILE_RANGE,
    REFLINK;

    /** Whether holes can be treated so: to leave zeros out one must see them, and what takes holes along fills none. */
    public boolean suits(Sparse sparse) {
        return switch (sparse) {
            case AUTO -> true;
            case ALWAYS -> compareTo(DIRECT) <= 0;
            case NEVER -> compareTo(SPLICE) <= 0;
        };
    }
}

package org.pcircle.fs;

import java.io.IOException;

/** A file operation failed with an error number. */
public final class FileException extends IOException {

    private static final long serialVersionUID = 1;

    private final Operation operation;
    private final int errno;

    public FileException(Operation operation, int errno) {
        super(operation.label() + ": " + Errno.message(errno));
        this.operation = operation;
        this.errno = errno;
    }

    public Operation operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    /**
     * Whether the destination has no room left, so that the run must stop. The same error from a source fails only its
     * entry.
     */
    public boolean isDestinationFull() {
        return isDestinationFull(operation, errno);
    }

    /** Whether this failure says that the destination has no room left. */
    public static boolean isDestinationFull(Operation operation, int errno) {
        return operation.takesRoom() && Errno.isFull(errno);
    }

    /** Returns a native's result, or throws if it is {@code -errno}. */
    static int check(Operation operation, int result) throws FileException {
        if (result < 0) {
            throw new FileException(operation, -result);
        }
        return result;
    }
}

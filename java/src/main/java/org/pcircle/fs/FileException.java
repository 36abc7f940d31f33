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

    /** Whether the destination has no room left, so that going on is pointless. A source that says so has failed, no more. */
    public boolean isDestinationFull() {
        return isDestinationFull(operation, errno);
    }

    /** Likewise. */
    public static boolean isDestinationFull(Operation operation, int errno) {
        return operation.takesRoom() && Errno.isFull(errno);
    }

    /** Passes a native's result on, unless it is {@code -errno}. */
    static int check(Operation operation, int result) throws FileException {
        if (result < 0) {
            throw new FileException(operation, -result);
        }
        return result;
    }
}

package org.pcircle.fs;

import java.io.IOException;

/** A file operation failed with an error number. */
public final class FileException extends IOException {

    private static final long serialVersionUID = 1;

    /** A failure is a negative number: the errno in its lowest bits, above them the operation. */
    private static final int ERRNO_BITS = 12;

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

    /** Returns a native's result, or throws if it is a failure as {@code failure.h} defines it. */
    static long check(long result) throws FileException {
        if (result < 0) {
            throw of(result);
        }
        return result;
    }

    /** Returns a native's result, or throws if it is a failure. */
    static int check(int result) throws FileException {
        return (int) check((long) result);
    }

    /** The exception for a failure. */
    static FileException of(long failure) {
        return new FileException(Operation.of((int) (-failure >> ERRNO_BITS)), errnoOf(failure));
    }

    /** The errno of a failure. */
    static int errnoOf(long failure) {
        return (int) (-failure & ((1 << ERRNO_BITS) - 1));
    }

    /** Passes a native's result on, unless it is {@code -errno}. */
    static int check(Operation operation, int result) throws FileException {
        if (result < 0) {
            throw new FileException(operation, -result);
        }
        return result;
    }
}

package org.pcircle.report;

import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathText;

/**
 * One entry that could not be dealt with as asked.
 *
 * @param path as the user would write it, in the source or the destination
 * @param errno 0 if no system call failed, as when the source changed
 */
public record Fault(byte[] path, Operation operation, int errno) {

    public static Fault of(byte[] path, FileException e) {
        return new Fault(path, e.operation(), e.errno());
    }

    /** What went wrong, in words. */
    public String message() {
        return switch (operation) {
            case CHANGED -> "changed while it was read";
            case OPEN ->
                errno == Errno.ESTALE.number()
                        ? "open: no longer what it was when it was listed"
                        : operation.label() + ": " + Errno.message(errno);
            case LOST_LAYOUT ->
                errno == 0 ? "keep layout: Lustre did otherwise" : operation.label() + ": " + Errno.message(errno);
            default -> operation.label() + ": " + Errno.message(errno);
        };
    }

    @Override
    public String toString() {
        return PathText.shown(path) + ": " + message();
    }
}

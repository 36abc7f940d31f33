package org.pcircle.report;

import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathText;

/**
 * A failure of one entry, or of a range of a file.
 *
 * @param path as the user would write it, in the source or the destination
 * @param errno 0 if no system call failed, as when the source changed
 * @param from the first byte of the range; 0 if the whole entry failed
 * @param to the byte behind the range; 0 if the whole entry failed
 * @param isVanished whether the entry was in the source when it was listed and is not there any more
 */
public record Fault(byte[] path, Operation operation, int errno, long from, long to, boolean isVanished) {

    /** A failure of a range of a file. */
    public Fault(byte[] path, Operation operation, int errno, long from, long to) {
        this(path, operation, errno, from, to, false);
    }

    /** A failure of an entry. */
    public Fault(byte[] path, Operation operation, int errno) {
        this(path, operation, errno, 0, 0);
    }

    public static Fault of(byte[] path, FileException e) {
        return new Fault(path, e.operation(), e.errno());
    }

    /** Data that was read back from the destination and differs from the source. */
    public static Fault mismatch(byte[] path, long from, long to) {
        return new Fault(path, Operation.VERIFY, 0, from, to);
    }

    /** Whether this is a mismatch found by verification. */
    public boolean isMismatch() {
        return operation == Operation.VERIFY && errno == 0;
    }

    /** This fault, for an entry that has vanished from the source. */
    public Fault vanished() {
        return new Fault(path, operation, errno, from, to, true);
    }

    /** What went wrong, in words. */
    public String message() {
        return isVanished ? "vanished after it was listed" : failure();
    }

    private String failure() {
        return switch (operation) {
            case COMPARE -> "changed while it was read";
            case OPEN ->
                errno == Errno.ESTALE.number()
                        ? "open: no longer what it was when it was listed"
                        : operation.label() + ": " + Errno.message(errno);
            case FIND -> "--files-from: " + whyNotFound();
            case NESTED -> "is DEST itself: not copied into itself";
            case TAKEN ->
                errno == Errno.EEXIST.number()
                        ? "DEST takes this name for another one of the same directory of SOURCE: rename one of them"
                        : operation.label() + ": " + Errno.message(errno);
            case NOT_PRESERVED_LAYOUT ->
                errno == 0 ? "keep layout: Lustre did otherwise" : operation.label() + ": " + Errno.message(errno);
            case VERIFY ->
                errno == 0
                        ? "verify: bytes " + from + " to " + (to - 1) + " differ from the source"
                        : operation.label() + ": " + Errno.message(errno);
            default -> operation.label() + ": " + Errno.message(errno);
        };
    }

    /** Why an entry of --files-from is not in the source. */
    private String whyNotFound() {
        if (errno == Errno.EXDEV.number()) {
            return "leads out of SOURCE";
        }
        if (errno == Errno.ELOOP.number()) {
            return "leads through a symbolic link: name what the link leads to";
        }
        boolean endsInReturn = path.length > 0 && path[path.length - 1] == '\r';
        String hint = endsInReturn ? "; it ends in a carriage return, as lines of a CRLF file do" : "";
        return Errno.message(errno) + hint;
    }

    @Override
    public String toString() {
        return PathText.shown(path) + ": " + message();
    }
}

package org.pcircle.report;

/** What the exit code of a command says. Of several reasons the one with the highest precedence counts: 5 > 4 > 3 > 1. */
public enum ExitCode {
    /** Everything asked for was done. */
    DONE(0),
    /** Finished, but some entries failed; each is in the error list. */
    SOME_FAILED(1),
    /** The command line cannot be carried out; nothing was touched. */
    USAGE(2),
    /** Verification found a mismatch. */
    MISMATCH(3),
    /** Stopped before the end. */
    STOPPED(4),
    /** A defect of this program, or out of memory. */
    INTERNAL(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

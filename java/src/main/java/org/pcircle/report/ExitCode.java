package org.pcircle.report;

/** What the exit code of a command says. Of several reasons the one with the highest precedence counts: 5 > 4 > 3 > 1. */
public enum ExitCode {
    /** Everything asked for was done. */
    DONE(0, "done"),
    /** Finished, but some entries failed; each is in the error list. */
    SOME_FAILED(1, "some entries failed"),
    /** The command line cannot be carried out; nothing was touched. */
    USAGE(2, "cannot be, nothing touched"),
    /** Verification found a mismatch. */
    MISMATCH(3, "mismatch found"),
    /** Stopped before the end. */
    STOPPED(4, "stopped before the end"),
    /** A defect of this program, or out of memory. */
    INTERNAL(5, "internal error");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    /** What it says, in a few words. */
    public String meaning() {
        return meaning;
    }
}

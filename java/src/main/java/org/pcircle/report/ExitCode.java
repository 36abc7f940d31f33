package org.pcircle.report;

/** The exit codes of the commands. Of several reasons the one with the highest precedence counts: 5 > 4 > 3 > 1. */
public enum ExitCode {
    /** Everything asked for was done. */
    DONE(0, "done", "Everything that was asked for was done."),
    /** Finished, but some entries failed; each is in the error list. */
    SOME_FAILED(
            1,
            "some entries failed",
            "Finished, but some entries failed or could not be kept as asked; each is in the error list."),
    /** The command line cannot be carried out, or Java or MPI not be started; nothing was touched. */
    USAGE(
            2,
            "usage error",
            "Usage error. The command line cannot be carried out, or Java or MPI not be started; nothing was touched."),
    /** Verification found a mismatch. */
    MISMATCH(3, "mismatch found", "Verification found a mismatch."),
    /** Stopped before the end. */
    STOPPED(4, "stopped before the end", "Stopped before the end, as when the destination is full."),
    /** A defect of this program, or out of memory. */
    INTERNAL(5, "internal error", "An internal error, or out of memory."),
    /** As the shell says of a filter that was ended by SIGPIPE. */
    READER_GONE(
            141,
            "nobody read on",
            "Nothing but output was asked for (a dry run, fsum), and whoever read it went away, as with | head: the shell's "
                    + "number for SIGPIPE. A copy goes on without its reader.");

    private final int code;
    private final String meaning;
    private final String manual;

    ExitCode(int code, String meaning, String manual) {
        this.code = code;
        this.meaning = meaning;
        this.manual = manual;
    }

    public int code() {
        return code;
    }

    /** What it says, in whole sentences. */
    public String manual() {
        return manual;
    }

    /** What it says, in a few words. */
    public String meaning() {
        return meaning;
    }
}

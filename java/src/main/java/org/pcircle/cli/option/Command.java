package org.pcircle.cli.option;

/** The commands, and what their users are told of each. */
public enum Command {
    FCP(
            "fcp",
            "SOURCE... DEST",
            "Copies files and trees in parallel, with mode, times, hard links and holes, and\n"
                    + "as root ownership. DEST is missing, or a directory for files or several sources."),
    FSUM(
            "fsum",
            "PATH...",
            "Reads files and trees in parallel and prints one signature of their names, types\n"
                    + "and contents. Several paths are signed together, each under its last name.");

    private final String word;
    private final String operands;
    private final String purpose;

    Command(String word, String operands, String purpose) {
        this.word = word;
        this.operands = operands;
        this.purpose = purpose;
    }

    /** What it is called by its users. */
    public String word() {
        return word;
    }

    /** What stands behind the options. */
    public String operands() {
        return operands;
    }

    /** What it is for, in two lines of 80 characters at most. */
    public String purpose() {
        return purpose;
    }
}

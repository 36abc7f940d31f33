package org.pcircle.cli.option;

/** The commands, with their texts for users. */
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

    /** The command's name. */
    public String word() {
        return word;
    }

    /** The operands, for the usage line. */
    public String operands() {
        return operands;
    }

    /** A description, in two lines of at most 80 characters. */
    public String purpose() {
        return purpose;
    }
}

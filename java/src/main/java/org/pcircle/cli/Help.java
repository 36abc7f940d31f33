package org.pcircle.cli;

import org.jspecify.annotations.Nullable;

/** The help, from the option table. */
final class Help {

    private static final String USAGE = """
            Usage: fcp [OPTION]... SOURCE... DEST
                   mpirun -np N fcp [OPTION]... SOURCE... DEST

            Copies files and trees in parallel, with mode, times, hard links, holes and, as root, ownership.
            DEST must be missing, or a directory for sources that are no directories or are several.

            """;

    private static final String EXIT_CODES = """

            Exit codes: 0 done; 1 some entries failed and are listed; 2 usage, nothing was touched;
            4 stopped before the end; 5 internal error.""";

    private static final int HELP_COLUMN = 26;

    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder(USAGE);
        for (CommandOption option : CommandOption.values()) {
            @Nullable Character letter = option.letter();
            StringBuilder line = new StringBuilder(letter == null ? "      " : "  -" + letter + ", ");
            line.append(option.synopsis());
            while (line.length() < HELP_COLUMN) {
                line.append(' ');
            }
            text.append(line).append("  ").append(option.help()).append('\n');
        }
        return text.append(EXIT_CODES).toString();
    }
}

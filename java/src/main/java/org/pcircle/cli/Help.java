package org.pcircle.cli;

import org.jspecify.annotations.Nullable;

/** The help, from the option table. */
final class Help {

    private static final String FCP_USAGE = """
            Usage: fcp [OPTION]... SOURCE... DEST
                   mpirun -np N fcp [OPTION]... SOURCE... DEST

            Copies files and trees in parallel, with mode, times, hard links, holes and, as root, ownership.
            DEST must be missing, or a directory for sources that are no directories or are several.

            """;

    private static final String FCP_EXIT_CODES = """

            Exit codes: 0 done; 1 some entries failed and are listed; 2 usage, nothing was touched;
            4 stopped before the end; 5 internal error.""";

    private static final String FSUM_USAGE = """
            Usage: fsum [OPTION]... PATH...
                   mpirun -np N fsum [OPTION]... PATH...

            Reads files and trees in parallel and prints one signature of their names, types and contents.
            Several paths are signed together, each under the name that it ends in.

            """;

    private static final String FSUM_EXIT_CODES = """

            Exit codes: 0 done; 1 some entries failed and are listed, and there is no signature; 2 usage;
            4 stopped before the end; 5 internal error.""";

    private static final int HELP_COLUMN = 26;

    private Help() {}

    static String text(Command command) {
        boolean copies = command == Command.FCP;
        StringBuilder text = new StringBuilder(copies ? FCP_USAGE : FSUM_USAGE);
        for (CommandOption option : CommandOption.of(command)) {
            @Nullable Character letter = option.letter();
            StringBuilder line = new StringBuilder(letter == null ? "      " : "  -" + letter + ", ");
            line.append(option.synopsis());
            while (line.length() < HELP_COLUMN) {
                line.append(' ');
            }
            text.append(line).append("  ").append(option.help()).append('\n');
        }
        return text.append(copies ? FCP_EXIT_CODES : FSUM_EXIT_CODES).toString();
    }
}

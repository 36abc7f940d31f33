package org.pcircle.cli.doc;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.OptionGroup;
import org.pcircle.report.ExitCode;

/** The help, from the option table: all options, a line each; or those that people use most, on a screen of 24 lines. */
public final class Help {

    /** The column in which descriptions begin. */
    private static final int TEXT_COLUMN = 27;

    private static final int WIDTH = 80;

    /** The ten options of each command that people use most. */
    private static final Map<Command, Set<CommandOption>> USUAL = Map.of(
            Command.FCP,
            EnumSet.of(
                    CommandOption.EXCLUDE,
                    CommandOption.DRY_RUN,
                    CommandOption.FORCE,
                    CommandOption.UPDATE,
                    CommandOption.MIRROR,
                    CommandOption.PRESERVE,
                    CommandOption.CHECKSUM,
                    CommandOption.SIGNATURE,
                    CommandOption.THREADS,
                    CommandOption.RESUME),
            Command.FSUM,
            EnumSet.of(
                    CommandOption.ONE_FILE_SYSTEM,
                    CommandOption.EXCLUDE,
                    CommandOption.DIGEST,
                    CommandOption.OUTPUT,
                    CommandOption.METADATA,
                    CommandOption.MANIFEST,
                    CommandOption.CHECK,
                    CommandOption.THREADS,
                    CommandOption.RESUME,
                    CommandOption.QUIET));

    private Help() {}

    /** The usual options of a command on a screen of 24 lines, without an end of line. */
    public static String usage(Command command) {
        StringBuilder text = beginning(command);
        for (CommandOption option : USUAL.getOrDefault(command, Set.of())) {
            text.append(line(option)).append('\n');
        }
        return text.append("All options: ")
                .append(command.word())
                .append(" --help. The manual: man ")
                .append(command.word())
                .toString();
    }

    private static StringBuilder beginning(Command command) {
        String word = command.word();
        StringBuilder text = new StringBuilder();
        text.append("Usage: ").append(word).append(" [OPTION]... ").append(command.operands());
        text.append("\n       mpirun -np N ")
                .append(word)
                .append(" [OPTION]... ")
                .append(command.operands());
        return text.append('\n').append(command.purpose()).append('\n');
    }

    /** All options of a command, without an end of line. */
    public static String text(Command command) {
        StringBuilder text = beginning(command);
        for (OptionGroup group : OptionGroup.values()) {
            List<CommandOption> options = CommandOption.of(command, group);
            if (!options.isEmpty()) {
                text.append(group.title()).append('\n');
            }
            for (CommandOption option : options) {
                text.append(line(option)).append('\n');
            }
        }
        return text.append(exitCodes())
                .append(". More: man ")
                .append(command.word())
                .toString();
    }

    private static StringBuilder line(CommandOption option) {
        @Nullable Character letter = option.letter();
        StringBuilder line = new StringBuilder(letter == null ? "      " : "  -" + letter + ", ");
        line.append(option.synopsis()).append(' ');
        while (line.length() < TEXT_COLUMN) {
            line.append(' ');
        }
        return line.append(option.help());
    }

    private static String exitCodes() {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder("Exit codes");
        String separator = ": ";
        for (ExitCode code : ExitCode.values()) {
            String item = code.code() + " " + code.meaning();
            if (line.length() + separator.length() + item.length() > WIDTH - 1) {
                text.append(line).append(",\n");
                line = new StringBuilder(" ");
                separator = " ";
            }
            line.append(separator).append(item);
            separator = ", ";
        }
        return text.append(line).toString();
    }
}

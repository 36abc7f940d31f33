package org.pcircle.cli.doc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.OptionGroup;
import org.pcircle.report.ExitCode;

/** The help, from the option table: a screen, a line for each option. */
public final class Help {

    /** The column in which descriptions begin. */
    private static final int TEXT_COLUMN = 27;

    private static final int WIDTH = 80;

    private Help() {}

    /** The help of a command, without an end of line. */
    public static String text(Command command) {
        String word = command.word();
        StringBuilder text = new StringBuilder();
        text.append("Usage: ").append(word).append(" [OPTION]... ").append(command.operands());
        text.append("\n       mpirun -np N ")
                .append(word)
                .append(" [OPTION]... ")
                .append(command.operands());
        text.append('\n').append(command.purpose()).append('\n');
        for (OptionGroup group : OptionGroup.values()) {
            List<CommandOption> options = CommandOption.of(command, group);
            if (!options.isEmpty()) {
                text.append(group.title()).append('\n');
            }
            for (CommandOption option : options) {
                text.append(line(option)).append('\n');
            }
        }
        return text.append(exitCodes()).append("\nMore: man ").append(word).toString();
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

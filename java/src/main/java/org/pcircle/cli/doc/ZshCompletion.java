package org.pcircle.cli.doc;

import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;

/** The zsh completion of a command: options and arguments, each with its description. */
final class ZshCompletion {

    private ZshCompletion() {}

    static String text(Command command) {
        StringBuilder options = new StringBuilder();
        for (CommandOption option : CommandOption.of(command)) {
            options.append("  ").append(specification(option)).append(" \\\n");
        }
        return "#compdef " + command.word()
                + "\n# Completes " + command.word() + " in zsh. Written by the build, from the table of options.\n"
                + "_arguments -s -S : \\\n" + options + "  '*:file:_files'\n";
    }

    /** As {@code _arguments} wants it: {@code '(-o --output)'{-o,--output=}'[for what]:FILE:_files'}. */
    private static String specification(CommandOption option) {
        Argument argument = option.argument();
        boolean isRepeated = argument != null
                && argument.kind() == Argument.Kind.TEXT
                && argument.name().equals("PATTERN");
        String separator = argument == null ? "" : argument.isOptional() ? "=-" : "=";
        String word = "--" + option.word() + separator;
        String about = "[" + option.help().replace("'", "'\\''").replace("]", "\\]") + "]"
                + (argument == null ? "" : argument(argument));
        if (option.letter() == null) {
            return "'" + (isRepeated ? "*" : "") + word + about + "'";
        }
        String letter = "-" + option.letter();
        String shortForm = letter + (argument == null || argument.isOptional() ? "" : "+");
        return "'(" + letter + " --" + option.word() + ")'{" + shortForm + "," + word + "}'" + about + "'";
    }

    private static String argument(Argument argument) {
        String words = String.join(" ", argument.words());
        String action = switch (argument.kind()) {
            case TEXT -> " ";
            case FILE -> "_files";
            case CHOICE -> "(" + words + ")";
            case LIST -> "_values -s , " + argument.name() + " " + words;
        };
        return (argument.isOptional() ? "::" : ":") + argument.name() + ":" + action;
    }
}

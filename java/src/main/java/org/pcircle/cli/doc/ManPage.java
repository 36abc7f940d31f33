package org.pcircle.cli.doc;

import java.util.List;
import java.util.Locale;
import org.pcircle.cli.option.Argument;
import org.pcircle.cli.option.Command;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.OptionGroup;
import org.pcircle.report.ExitCode;

/** The manual page of a command, in man(7): prose written by hand, in {@code src/main/man}, and the tables. */
final class ManPage {

    private static final String OPTIONS = "@OPTIONS@\n";
    private static final String EXIT_STATUS = "@EXIT_STATUS@\n";

    private ManPage() {}

    /** The whole page.
     *
     * @param prose with a line where the options are to stand, and one for the exit codes */
    static String text(Command command, String version, String prose) {
        String title = ".\\\" Written by the build, from src/main/man and the table of options.\n.TH "
                + command.word().toUpperCase(Locale.ROOT) + " 1 \"\" \"pcircle " + escaped(version) + "\"\n";
        return title + prose.replace(OPTIONS, options(command)).replace(EXIT_STATUS, exitStatus());
    }

    private static String options(Command command) {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : OptionGroup.values()) {
            List<CommandOption> options = CommandOption.of(command, group);
            if (!options.isEmpty()) {
                text.append(".SS ").append(group.title()).append('\n');
            }
            for (CommandOption option : options) {
                text.append(".TP\n").append(tag(option)).append('\n');
                text.append(sentences(option.manual() + alsoAs(option))).append('\n');
            }
        }
        return text.toString();
    }

    private static String alsoAs(CommandOption option) {
        StringBuilder text = new StringBuilder();
        for (String alias : option.aliases()) {
            text.append(text.length() == 0 ? " Also spelled " : ", ").append(CommandOption.dashed(alias));
        }
        return text.append(text.length() == 0 ? "" : ".").toString();
    }

    /** The option in bold, what follows it in italics. */
    private static String tag(CommandOption option) {
        StringBuilder tag = new StringBuilder();
        if (option.letter() != null) {
            tag.append("\\fB\\-").append(option.letter()).append("\\fR, ");
        }
        tag.append("\\fB").append(escaped("--" + option.word())).append("\\fR");
        Argument argument = option.argument();
        if (argument != null) {
            tag.append(argument.isOptional() ? "[=" : "=")
                    .append("\\fI")
                    .append(argument.name())
                    .append("\\fR")
                    .append(argument.isOptional() ? "]" : "");
        }
        return tag.toString();
    }

    /** Options in bold, and no line that begins like a request. */
    private static String sentences(String text) {
        String bold =
                escaped(text).replaceAll("(?<![\\w-])((?:\\\\-){1,2}[A-Za-z0-9](?:\\\\-|\\w)*)", "\\\\fB$1\\\\fR");
        return bold.startsWith(".") || bold.startsWith("'") ? "\\&" + bold : bold;
    }

    private static String exitStatus() {
        StringBuilder text = new StringBuilder();
        for (ExitCode code : ExitCode.values()) {
            text.append(".TP\n.B ").append(code.code()).append('\n');
            text.append(sentences(code.manual())).append('\n');
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}

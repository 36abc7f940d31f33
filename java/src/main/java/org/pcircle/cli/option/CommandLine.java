package org.pcircle.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;
import org.pcircle.plan.UsageException;

/**
 * The parsed command line: options in order, of which the last of a kind counts where only one can, and operands.
 *
 * @param lastTaken the last option whose argument was a word of its own, which may have been meant as an operand; null:
 *     none
 */
public record CommandLine(
        List<Given> options, List<String> words, @Nullable Given lastTaken) {

    private static final String NO_HINT = "; see --help";

    /** An option with its argument, empty if it takes none. */
    public record Given(CommandOption option, String argument) {}

    /**
     * Parses words by the table of options.
     *
     * @throws UsageException if they are not what the command understands
     */
    public static CommandLine parse(Command command, List<String> arguments) throws UsageException {
        Options table = new Options();
        for (CommandOption option : CommandOption.of(command)) {
            String letter = option.letter() == null ? null : option.letter().toString();
            table.addOption(new Option(letter, option.word(), option.argument() != null, option.help()));
        }
        for (String alias : CommandOption.aliases(command)) {
            CommandOption option = aliased(alias);
            boolean isLetter = alias.length() == 1;
            table.addOption(new Option(
                    isLetter ? alias : null, isLetter ? null : alias, option.argument() != null, option.help()));
        }
        DefaultParser parser = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .get();
        List<Given> taken = new ArrayList<>();
        try {
            org.apache.commons.cli.CommandLine parsed =
                    parser.parse(table, unbundled(command, arguments, taken).toArray(new String[0]));
            List<Given> options = new ArrayList<>();
            for (Option option : parsed.getOptions()) {
                String[] values = option.getValues();
                String argument = values == null || values.length == 0 ? "" : values[values.length - 1];
                options.add(new Given(known(option), argument));
            }
            Given lastTaken = taken.isEmpty() ? null : taken.get(taken.size() - 1);
            return new CommandLine(options, new ArrayList<>(parsed.getArgList()), lastTaken);
        } catch (UnrecognizedOptionException e) {
            throw unknown(command, e.getOption());
        } catch (MissingArgumentException e) {
            CommandOption option = known(e.getOption());
            throw new UsageException("--" + option.word() + " needs an argument: " + option.synopsis());
        } catch (ParseException e) {
            throw new UsageException(RawArguments.shown(String.valueOf(e.getMessage())));
        }
    }

    /**
     * Splits letters behind one dash, which the parser would take for a long name. The text behind a letter that needs
     * an argument is its argument.
     *
     * @param taken receives each option whose argument is the next word
     */
    private static List<String> unbundled(Command command, List<String> arguments, List<Given> taken)
            throws UsageException {
        List<String> single = new ArrayList<>();
        boolean isArgument = false;
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            if (word.equals("--")) {
                single.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            if (isArgument) {
                taken.add(new Given(option(command, single.get(single.size() - 1)), word));
            }
            boolean isBundle = !isArgument && word.length() > 2 && word.charAt(0) == '-' && word.charAt(1) != '-';
            if (isBundle) {
                isArgument = unbundle(command, word, single);
            } else {
                single.add(isArgument ? word : complete(command, word));
                isArgument = !isArgument && wantsArgument(command, word);
            }
        }
        return single;
    }

    /** Splits one word; returns whether the next word is the argument of its last letter. */
    private static boolean unbundle(Command command, String word, List<String> single) throws UsageException {
        for (int i = 1; i < word.length(); i++) {
            String letter = "-" + word.charAt(i);
            if (word.charAt(i) == '=' && i > 1) {
                CommandOption before = option(command, "-" + word.charAt(i - 1));
                String meant = before.argument() == null ? "" : ": --" + before.word() + word.substring(i);
                throw new UsageException(
                        "-" + word.charAt(i - 1) + " takes no word behind it" + RawArguments.shown(meant));
            }
            if (named(command, letter) == null) {
                String hint = hint(command, "-" + word);
                String foreign = hint.equals(NO_HINT) ? ForeignLetters.hint(command, word.charAt(i)) : "";
                throw new UsageException("unknown option " + RawArguments.shown(letter + " in " + word)
                        + (foreign.isEmpty() ? hint : foreign));
            }
            single.add(complete(command, letter));
            if (wantsArgument(command, letter)) {
                boolean isLast = i + 1 == word.length();
                if (!isLast) {
                    single.add(word.substring(i + 1));
                }
                return isLast;
            }
        }
        return false;
    }

    /** An option whose argument was left out, with an empty one, as the parser would take the next word for it. */
    private static String complete(Command command, String word) {
        CommandOption option = named(command, word);
        return option != null && option.isArgumentOptional() ? "--" + option.word() + "=" : word;
    }

    private static boolean wantsArgument(Command command, String word) {
        CommandOption option = named(command, word);
        return option != null && option.argument() != null && !option.isArgumentOptional();
    }

    /** The option that a word, with its dashes, names; null if none. */
    private static @Nullable CommandOption named(Command command, String word) {
        for (CommandOption option : CommandOption.of(command)) {
            if (word.equals("--" + option.word()) || word.equals("-" + option.letter())) {
                return option;
            }
        }
        for (String alias : CommandOption.aliases(command)) {
            if (word.equals(CommandOption.dashed(alias))) {
                return aliased(alias);
            }
        }
        return null;
    }

    private static CommandOption option(Command command, String word) {
        CommandOption option = named(command, word);
        if (option == null) {
            throw new IllegalStateException(word + " is no option");
        }
        return option;
    }

    private static UsageException unknown(Command command, String option) {
        int end = option.indexOf('=');
        String word = end < 0 ? option : option.substring(0, end);
        if (named(command, word) != null) {
            return new UsageException(word + " takes no argument");
        }
        String foreign = word.length() == 2 ? ForeignLetters.hint(command, word.charAt(1)) : "";
        return new UsageException(
                "unknown option " + RawArguments.shown(word) + (foreign.isEmpty() ? hint(command, word) : foreign));
    }

    /** A hint: the option that may have been meant, or where options are listed. */
    private static String hint(Command command, String word) {
        List<String> known = new ArrayList<>();
        for (CommandOption option : CommandOption.of(command)) {
            known.add("--" + option.word());
        }
        CommandOption.aliases(command).forEach(alias -> known.add(CommandOption.dashed(alias)));
        String hint = word.startsWith("--") ? Spelling.hint(word, known) : "";
        return hint.isEmpty() ? NO_HINT : hint;
    }

    /** A message about missing operands; an option may have taken one of them for its argument. */
    public UsageException missing(String operands) {
        String hint = lastTaken == null
                ? ""
                : "; --" + lastTaken.option().word() + " took " + RawArguments.shown(lastTaken.argument());
        return new UsageException(operands + hint);
    }

    /** How often an option was given. */
    public int count(CommandOption option) {
        int count = 0;
        for (Given given : options) {
            count += given.option() == option ? 1 : 0;
        }
        return count;
    }

    /** Whether an option was given. */
    public boolean has(CommandOption option) {
        return value(option) != null;
    }

    /** The argument of the option where it was given last; null if it was not given. */
    @Nullable
    public String value(CommandOption option) {
        String value = null;
        for (Given given : options) {
            if (given.option() == option) {
                value = given.argument();
            }
        }
        return value;
    }

    /** The argument of an option that is one of some words; {@code byDefault} if it was not given. */
    public <E extends Enum<E>> E choice(CommandOption option, E[] choices, E byDefault) throws UsageException {
        String value = value(option);
        if (value == null) {
            return byDefault;
        }
        List<String> names = new ArrayList<>();
        for (E choice : choices) {
            String name = Argument.word(choice);
            if (name.equals(value)) {
                return choice;
            }
            names.add(name);
        }
        throw new UsageException("--" + option.word() + "=" + RawArguments.shown(value) + ": not one of "
                + String.join(", ", names) + Spelling.hint(value, names));
    }

    /** The argument of an option that is a path; null if it was not given. */
    public byte @Nullable [] file(CommandOption option) throws UsageException {
        String value = value(option);
        if (value != null && value.isEmpty()) {
            throw new UsageException("--" + option.word() + " needs a file name");
        }
        return value == null ? null : RawArguments.bytes(value);
    }

    private static CommandOption known(Option option) {
        for (CommandOption known : CommandOption.values()) {
            if (known.word().equals(option.getLongOpt())) {
                return known;
            }
        }
        String spelling = option.getLongOpt() != null ? option.getLongOpt() : option.getOpt();
        return aliased(spelling);
    }

    private static CommandOption aliased(String spelling) {
        CommandOption option = CommandOption.alias(spelling);
        if (option == null) {
            throw new IllegalStateException("option " + spelling + " is in no table");
        }
        return option;
    }
}

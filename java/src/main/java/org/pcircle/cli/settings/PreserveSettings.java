package org.pcircle.cli.settings;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.cli.option.Spelling;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.UsageException;

/**
 * The options --preserve and --no-preserve; for each kind the last word counts.
 *
 * @param implied kinds that are preserved where possible
 * @param named kinds that the user has named: required
 * @param layout argument of --layout; null if it was not given
 */
public record PreserveSettings(
        Set<PreservedAttribute> implied,
        Set<PreservedAttribute> named,
        @Nullable Layout layout) {

    private static final String ALL = "all";

    static PreserveSettings of(CommandLine line) throws UsageException {
        PreserveSettings settings = new PreserveSettings(
                EnumSet.of(
                        PreservedAttribute.OWNERSHIP,
                        PreservedAttribute.MODE,
                        PreservedAttribute.TIMESTAMPS,
                        PreservedAttribute.LINKS),
                EnumSet.noneOf(PreservedAttribute.class),
                line.has(CommandOption.LAYOUT)
                        ? line.choice(CommandOption.LAYOUT, Layout.values(), Layout.INHERIT)
                        : null);
        for (CommandLine.Given given : line.options()) {
            if (given.option() == CommandOption.PRESERVE && given.argument().isEmpty()) {
                settings.imply(EnumSet.of(PreservedAttribute.XATTR, PreservedAttribute.ACL, PreservedAttribute.LAYOUT));
            } else if (given.option() == CommandOption.PRESERVE) {
                settings.name(given);
            } else if (given.option() == CommandOption.NO_PRESERVE) {
                settings.leave(given);
            }
        }
        if (settings.named.contains(PreservedAttribute.LAYOUT)
                && settings.layout != null
                && settings.layout != Layout.PRESERVE) {
            throw new UsageException(
                    "--preserve=layout and --layout=" + line.value(CommandOption.LAYOUT) + " contradict each other");
        }
        return settings;
    }

    /**
     * For all ranks.
     *
     * @param creationMask umask of the user
     */
    public Preserve preserve(int creationMask) {
        Set<PreservedAttribute> kept = EnumSet.copyOf(implied);
        kept.addAll(named);
        Set<PreservedAttribute> required = EnumSet.copyOf(named);
        if (layout == Layout.PRESERVE) {
            kept.add(PreservedAttribute.LAYOUT);
            required.add(PreservedAttribute.LAYOUT);
        } else if (layout != null) {
            kept.remove(PreservedAttribute.LAYOUT);
        }
        Layout chosen =
                layout != null ? layout : kept.contains(PreservedAttribute.LAYOUT) ? Layout.PRESERVE : Layout.INHERIT;
        return new Preserve(kept, required, chosen, creationMask);
    }

    private void imply(Set<PreservedAttribute> kinds) {
        implied.addAll(kinds);
    }

    private void name(CommandLine.Given given) throws UsageException {
        for (String word : words(given)) {
            if (word.equals(ALL)) {
                imply(EnumSet.allOf(PreservedAttribute.class));
            } else {
                named.add(kind(word, given.option()));
            }
        }
    }

    private void leave(CommandLine.Given given) throws UsageException {
        for (String word : words(given)) {
            Set<PreservedAttribute> kinds =
                    word.equals(ALL) ? EnumSet.allOf(PreservedAttribute.class) : EnumSet.of(kind(word, given.option()));
            implied.removeAll(kinds);
            named.removeAll(kinds);
        }
    }

    private static List<String> words(CommandLine.Given given) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int comma; (comma = given.argument().indexOf(',', from)) >= 0; from = comma + 1) {
            words.add(given.argument().substring(from, comma));
        }
        words.add(given.argument().substring(from));
        return words;
    }

    private static PreservedAttribute kind(String word, CommandOption option) throws UsageException {
        List<String> known = new ArrayList<>();
        for (PreservedAttribute kind : PreservedAttribute.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
            known.add(kind.word());
        }
        known.add(ALL);
        throw new UsageException("--" + option.word() + ": " + RawArguments.shown(word) + " is not one of "
                + String.join(", ", known) + Spelling.hint(word, known));
    }
}

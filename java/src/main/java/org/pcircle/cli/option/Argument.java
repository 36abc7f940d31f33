package org.pcircle.cli.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The argument of an option.
 *
 * @param name in the help
 * @param kind of values
 * @param choices enum whose constants, in lower case, are the values; null: any value
 * @param isOptional whether it may be left out; if given, it follows an equals sign
 */
public record Argument(String name, Kind kind, @Nullable Class<? extends Enum<?>> choices, boolean isOptional) {

    /** The kinds of arguments. */
    public enum Kind {
        /** Any text, which a shell cannot complete. */
        TEXT,
        FILE,
        /** One of the choices. */
        CHOICE,
        /** Several of the choices, or all, with commas between them. */
        LIST
    }

    static Argument text(String name) {
        return new Argument(name, Kind.TEXT, null, false);
    }

    static Argument file() {
        return new Argument("FILE", Kind.FILE, null, false);
    }

    static Argument directory() {
        return new Argument("DIR", Kind.FILE, null, false);
    }

    static Argument choice(String name, Class<? extends Enum<?>> choices) {
        return new Argument(name, Kind.CHOICE, choices, false);
    }

    static Argument list(Class<? extends Enum<?>> choices) {
        return new Argument("LIST", Kind.LIST, choices, false);
    }

    Argument orNone() {
        return new Argument(name, kind, choices, true);
    }

    /** The possible words; none if any value is allowed. */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        if (choices != null) {
            for (Enum<?> choice : choices.getEnumConstants()) {
                words.add(word(choice));
            }
        }
        if (kind == Kind.LIST) {
            words.add("all");
        }
        return words;
    }

    /** How a choice is spelled. */
    public static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}

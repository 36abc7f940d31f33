package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of file names as rsync(1) has them ("PATTERN MATCHING RULES"), on bytes:
 *
 * <ul>
 *   <li>{@code *} is any bytes but a slash, {@code **} any bytes, {@code ?} one byte but a slash, {@code [...]} one of
 *       a class, and a backslash takes the next byte as it is; without any of {@code * ? [} a backslash is itself;
 *   <li>a pattern that begins with a slash must match the whole path, from the top of what is copied; any other the end
 *       of it, from the start of a name;
 *   <li>a backslash that nothing follows, and a class that is not closed or has no such name, match nothing if there
 *       are wildcards; nor does a class with a slash in it, which counts as one that the path must have, but for
 *       patterns with {@code **} or a slash at their start;
 *   <li>a slash at the end stands for directories alone, and three stars for a directory and all that is in it.
 * </ul>
 *
 * <p>It becomes a regular expression on paths in ISO 8859-1, a character a byte.
 */
final class PathPattern {

    private static final String ANY_NAMES_BEFORE = ".*/";
    private static final String NOTHING = "(?!)";

    private static final Map<String, String> NAMED_CLASSES = Map.ofEntries(
            Map.entry("alnum", "\\p{Alnum}"),
            Map.entry("alpha", "\\p{Alpha}"),
            Map.entry("blank", "\\p{Blank}"),
            Map.entry("cntrl", "\\p{Cntrl}"),
            Map.entry("digit", "\\p{Digit}"),
            Map.entry("graph", "\\p{Graph}"),
            Map.entry("lower", "\\p{Lower}"),
            Map.entry("print", "\\p{Print}"),
            Map.entry("punct", "\\p{Punct}"),
            Map.entry("space", "\\p{Space}"),
            Map.entry("upper", "\\p{Upper}"),
            Map.entry("xdigit", "\\p{XDigit}"));

    private final Pattern regex;
    private final boolean directoriesOnly;
    private final boolean withContents;

    PathPattern(byte[] text) {
        String pattern = new String(text, ISO_8859_1);
        this.directoriesOnly = pattern.length() > 1 && pattern.endsWith("/");
        if (directoriesOnly) {
            pattern = pattern.substring(0, pattern.length() - 1);
        }
        this.withContents = pattern.endsWith("***");
        String start = pattern.startsWith("/") || pattern.startsWith("**") ? "" : ANY_NAMES_BEFORE;
        this.regex = Pattern.compile(start + new Translation(pattern).regex(), Pattern.DOTALL);
    }

    /**
     * Whether an entry matches.
     *
     * @param path from the top of what is copied, without a slash before it
     */
    boolean matches(byte[] path, boolean isDirectory) {
        if (directoriesOnly && !isDirectory) {
            return false;
        }
        String fromTop = "/" + new String(path, ISO_8859_1);
        return regex.matcher(withContents && isDirectory ? fromTop + "/" : fromTop)
                .matches();
    }

    /** From wildcards to a regular expression. */
    private static final class Translation {

        private final String pattern;
        private final StringBuilder regex = new StringBuilder();
        private int at;

        Translation(String pattern) {
            this.pattern = pattern;
        }

        String regex() {
            boolean hasWildcards = pattern.matches("(?s).*[*?\\[].*");
            boolean countsSlashes = !pattern.startsWith("/") && !pattern.contains("**");
            while (at < pattern.length()) {
                char next = pattern.charAt(at++);
                if (!hasWildcards) {
                    literal(next);
                } else if (next == '*') {
                    stars();
                } else if (next == '?') {
                    regex.append("[^/]");
                } else if (next == '[') {
                    int first = at;
                    String ofClass = characterClass();
                    if (ofClass == null
                            || (countsSlashes && pattern.substring(first, at).contains("/"))) {
                        return NOTHING;
                    }
                    regex.append("(?!/)").append(ofClass);
                } else if (next == '\\') {
                    if (at == pattern.length()) {
                        return NOTHING;
                    }
                    literal(pattern.charAt(at++));
                } else {
                    literal(next);
                }
            }
            return regex.toString();
        }

        private void literal(char c) {
            regex.append(code(c));
        }

        /** Two pass slashes, and more are no different. */
        private void stars() {
            int first = at - 1;
            while (at < pattern.length() && pattern.charAt(at) == '*') {
                at++;
            }
            regex.append(at - first > 1 ? ".*" : "[^/]*");
        }

        /** The class whose opening bracket has been read; null if it is never closed or names a class that is none. */
        private @Nullable String characterClass() {
            StringBuilder members = new StringBuilder();
            boolean negated = at < pattern.length() && "!^".indexOf(pattern.charAt(at)) >= 0;
            if (negated) {
                at++;
            }
            for (boolean first = true; at < pattern.length(); first = false) {
                if (pattern.charAt(at) == ']' && !first) {
                    at++;
                    return (negated ? "[^" : "[") + members + "]";
                }
                int end = endOfName();
                if (end > 0) {
                    String named = NAMED_CLASSES.get(pattern.substring(at + 2, end));
                    if (named == null) {
                        return null;
                    }
                    members.append(named);
                    at = end + 2;
                } else {
                    range(members);
                }
            }
            return null;
        }

        /**
         * Where the name of a class ends that begins here, at the next bracket if a colon stands before it; 0 if none
         * does.
         */
        private int endOfName() {
            if (!pattern.startsWith("[:", at)) {
                return 0;
            }
            int bracket = pattern.indexOf(']', at + 2);
            return bracket > at + 2 && pattern.charAt(bracket - 1) == ':' ? bracket - 1 : 0;
        }

        /** One character, or two with a dash between them; if these stand the wrong way round, the first alone. */
        private void range(StringBuilder members) {
            char low = member();
            char high = low;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                at++;
                high = member();
            }
            members.append(code(low));
            if (low < high) {
                members.append('-').append(code(high));
            }
        }

        private char member() {
            char c = pattern.charAt(at++);
            return c == '\\' && at < pattern.length() ? pattern.charAt(at++) : c;
        }

        private static String code(char c) {
            return String.format("\\x%02x", (int) c);
        }
    }
}

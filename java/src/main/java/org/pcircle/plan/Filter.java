package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.pcircle.wire.Wire;

/**
 * Include and exclude rules in the order given: the first one that matches decides, as with rsync(1). An excluded
 * directory is excluded with all its contents.
 */
public final class Filter {

    /** No rules: everything is copied. */
    public static final Filter NONE = new Filter(List.of());

    private final List<Rule> rules;

    private record Rule(boolean include, byte[] text, PathPattern pattern) {
        Rule(boolean include, byte[] text) {
            this(include, text, new PathPattern(text));
        }
    }

    private Filter(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Whether an entry is excluded.
     *
     * @param path from the top of what is copied, without a slash before it
     */
    public boolean excludes(byte[] path, boolean isDirectory) {
        for (Rule rule : rules) {
            if (rule.pattern().matches(path, isDirectory)) {
                return !rule.include();
            }
        }
        return false;
    }

    /**
     * This filter, with some paths excluded whatever the rules say about them.
     *
     * @param paths from the top of what is copied or read
     */
    public Filter leavingOut(List<byte[]> paths) {
        Builder builder = new Builder();
        paths.forEach(path -> builder.addPath(path));
        builder.rules.addAll(rules);
        return builder.build();
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    int encodedBytes() {
        int bytes = Integer.BYTES;
        for (Rule rule : rules) {
            bytes += 1 + Wire.encodedBytes(rule.text());
        }
        return bytes;
    }

    void write(ByteBuffer target) {
        target.putInt(rules.size());
        for (Rule rule : rules) {
            Wire.writeFlag(rule.include(), target);
            Wire.writeBytes(rule.text(), target);
        }
    }

    static Filter read(ByteBuffer source) {
        int count = Wire.readCount(source, 1 + Integer.BYTES);
        List<Rule> rules = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rules.add(new Rule(Wire.readFlag(source), Wire.readBytes(source)));
        }
        return new Filter(List.copyOf(rules));
    }

    /** Collects rules in the order in which they are given. */
    public static final class Builder {

        private static final int SIGN_BYTES = 2;

        private static final Pattern WILD = Pattern.compile("[*?\\[]");
        private static final Pattern ESCAPED = Pattern.compile("[*?\\[\\\\]");

        private final List<Rule> rules = new ArrayList<>();

        /**
         * Adds a pattern. One {@code + } or {@code - } before it says include or exclude, whatever the option, and
         * {@code !} alone forgets all rules before; an empty one is none.
         */
        public Builder add(boolean include, byte[] text) throws UsageException {
            String written = new String(text, ISO_8859_1);
            if (written.equals("!")) {
                rules.clear();
            } else if (written.startsWith("+ ") || written.startsWith("- ")) {
                if (written.length() == SIGN_BYTES) {
                    throw new UsageException("\"" + written + "\": a pattern is missing behind the sign");
                }
                rules.add(new Rule(written.startsWith("+"), Arrays.copyOfRange(text, SIGN_BYTES, text.length)));
            } else if (text.length > 0) {
                rules.add(new Rule(include, text));
            }
            return this;
        }

        /**
         * Adds the lines of a file, which end with a newline, a carriage return or both; empty ones and those that
         * begin with {@code #} or {@code ;} are comments. Any other white space belongs to the pattern.
         */
        public Builder addLines(boolean include, byte[] file) throws UsageException {
            for (String line : new String(file, ISO_8859_1).split("[\r\n]", -1)) {
                if (!line.startsWith("#") && !line.startsWith(";")) {
                    add(include, line.getBytes(ISO_8859_1));
                }
            }
            return this;
        }

        /**
         * Leaves out one path, whatever characters it has; never taken for a sign or a word, as it begins with a slash.
         */
        private void addPath(byte[] path) {
            String plain = "/" + new String(path, ISO_8859_1);
            boolean isPattern = WILD.matcher(plain).find();
            String text = isPattern ? ESCAPED.matcher(plain).replaceAll("\\\\$0") : plain;
            byte[] bytes = text.getBytes(ISO_8859_1);
            rules.add(new Rule(false, bytes, new PathPattern(bytes)));
        }

        public Filter build() {
            return rules.isEmpty() ? NONE : new Filter(List.copyOf(rules));
        }
    }
}

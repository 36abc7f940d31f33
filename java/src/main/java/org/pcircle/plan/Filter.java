package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.MessageCodec;

/**
 * Which entries are left out: rules in the order given, of which the first that matches decides, as with rsync(1). What is
 * in a directory that is left out is left out with it.
 */
public final class Filter {

    /** Everything is copied. */
    public static final Filter NONE = new Filter(List.of());

    private final List<Rule> rules;

    private record Rule(boolean include, byte[] text, PathPattern pattern) {}

    private Filter(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Whether an entry is left out.
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

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    int encodedBytes() {
        int bytes = Integer.BYTES;
        for (Rule rule : rules) {
            bytes += 1 + Integer.BYTES + rule.text().length;
        }
        return bytes;
    }

    void write(ByteBuffer target) {
        target.putInt(rules.size());
        for (Rule rule : rules) {
            target.put((byte) (rule.include() ? 1 : 0));
            MessageCodec.writeBytes(rule.text(), target);
        }
    }

    static Filter read(ByteBuffer source) {
        int count = MessageCodec.readCount(source, 1 + Integer.BYTES);
        Builder rules = new Builder();
        for (int i = 0; i < count; i++) {
            rules.add(source.get() != 0, MessageCodec.readBytes(source));
        }
        return rules.build();
    }

    /** Collects rules in the order in which they are given. */
    public static final class Builder {

        private final List<Rule> rules = new ArrayList<>();

        /**
         * Adds a pattern. {@code + } or {@code - } before it say include or exclude, whatever the option, and {@code !}
         * alone forgets all rules before.
         */
        public Builder add(boolean include, byte[] text) {
            String written = new String(text, ISO_8859_1);
            if (written.equals("!")) {
                rules.clear();
                return this;
            }
            boolean signed = written.startsWith("+ ") || written.startsWith("- ");
            boolean includes = signed ? written.startsWith("+") : include;
            byte[] pattern = signed ? written.substring(2).getBytes(ISO_8859_1) : text;
            rules.add(new Rule(includes, pattern, new PathPattern(pattern)));
            return this;
        }

        /** Adds the lines of a file; empty ones and those that begin with {@code #} or {@code ;} are comments. */
        public Builder addLines(boolean include, byte[] file) {
            for (String line : new String(file, ISO_8859_1).split("\r?\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith(";")) {
                    add(include, line.getBytes(ISO_8859_1));
                }
            }
            return this;
        }

        public Filter build() {
            return rules.isEmpty() ? NONE : new Filter(List.copyOf(rules));
        }
    }
}

package org.pcircle.cli.console;

import java.nio.charset.StandardCharsets;
import org.pcircle.fs.PathText;

/** Quotes a path as one word for a shell. */
public final class ShellWord {

    private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+,:@%=";

    private ShellWord() {}

    /** Quotes a path if necessary. */
    public static String of(byte[] path) {
        String text = PathText.exact(path);
        boolean isPlain = text != null && !text.isEmpty();
        boolean isShown = text != null;
        for (int i = 0; text != null && i < text.length(); i++) {
            isPlain &= PLAIN.indexOf(text.charAt(i)) >= 0;
            isShown &= !Character.isISOControl(text.charAt(i));
        }
        if (isPlain) {
            return String.valueOf(text);
        }
        return isShown ? "'" + String.valueOf(text).replace("'", "'\\''") + "'" : escaped(path);
    }

    /** Quotes with unprintable bytes as octal escapes: {@code $'a\\012'}, which bash and zsh know. */
    private static String escaped(byte[] path) {
        StringBuilder word = new StringBuilder("$'");
        for (char c : new String(path, StandardCharsets.ISO_8859_1).toCharArray()) {
            if (c == '\'' || c == '\\') {
                word.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                word.append(String.format("\\%03o", (int) c));
            } else {
                word.append(c);
            }
        }
        return word.append('\'').toString();
    }
}

package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Converts paths, which are bytes, to text for people and for JSON. */
public final class PathText {

    private PathText() {}

    /** The path as UTF-8 text, or null if it is not valid UTF-8. */
    public static @Nullable String exact(byte[] path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /**
     * The path on one line of a terminal, unambiguous: bytes that are no printable UTF-8 are shown as {@code \ooo}, a
     * backslash as {@code \\}.
     */
    public static String shown(byte[] path) {
        String text = exact(path);
        StringBuilder shown = new StringBuilder(path.length);
        if (text != null) {
            text.codePoints().forEach(c -> {
                if (c == '\\') {
                    shown.append("\\\\");
                } else if (Character.isISOControl(c)) {
                    escape(shown, c);
                } else {
                    shown.appendCodePoint(c);
                }
            });
            return shown.toString();
        }
        for (byte b : path) {
            if (b == '\\') {
                shown.append("\\\\");
            } else if (b < ' ' || b == 0x7f) {
                escape(shown, b & 0xff);
            } else {
                shown.append((char) b);
            }
        }
        return shown.toString();
    }

    private static void escape(StringBuilder shown, int value) {
        shown.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
            shown.append((char) ('0' + (value >> shift & 7)));
        }
    }
}

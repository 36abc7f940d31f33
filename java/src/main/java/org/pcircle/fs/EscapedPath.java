package org.pcircle.fs;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A path on one line of a file that programs read: each control character (below a space, and DEL) as a backslash and
 * three octal digits, a backslash as two, all other bytes as they are. {@link #read} is the inverse.
 */
public final class EscapedPath {

    private EscapedPath() {}

    public static byte[] of(byte[] path) {
        ByteArrayOutputStream escaped = new ByteArrayOutputStream(path.length);
        for (byte b : path) {
            if (b == '\\') {
                escaped.write('\\');
                escaped.write('\\');
            } else if ((b >= 0 && b < ' ') || b == 0x7f) {
                escaped.write('\\');
                for (int shift = 6; shift >= 0; shift -= 3) {
                    escaped.write('0' + (b >> shift & 7));
                }
            } else {
                escaped.write(b);
            }
        }
        return escaped.toByteArray();
    }

    /** The path that has this escaped form; null if it is malformed. */
    public static byte @Nullable [] read(byte[] escaped) {
        ByteArrayOutputStream path = new ByteArrayOutputStream(escaped.length);
        for (int i = 0; i < escaped.length; i++) {
            if (escaped[i] != '\\') {
                path.write(escaped[i]);
            } else if (i + 1 < escaped.length && escaped[i + 1] == '\\') {
                path.write('\\');
                i++;
            } else if (i + 3 < escaped.length) {
                int value = octal(escaped[i + 1]) << 6 | octal(escaped[i + 2]) << 3 | octal(escaped[i + 3]);
                if (value < 0 || value > 0xff) {
                    return null;
                }
                path.write(value);
                i += 3;
            } else {
                return null;
            }
        }
        return path.toByteArray();
    }

    /** The value of a digit; −1, with all bits set, for anything else. */
    private static int octal(byte digit) {
        return digit >= '0' && digit <= '7' ? digit - '0' : -1;
    }
}

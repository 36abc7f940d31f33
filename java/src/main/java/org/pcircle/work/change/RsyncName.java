package org.pcircle.work.change;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.pcircle.fs.PathText;

/**
 * Names as rsync prints them in a UTF-8 locale: bytes that are no printable character as {@code \#ooo}, but tabs as they
 * are; and a backslash so, if {@code #} and three digits follow, which would be taken for such a byte.
 */
final class RsyncName {

    private static final int DIGITS = 3;

    private RsyncName() {}

    static byte[] escaped(byte[] name) {
        for (byte b : name) {
            if (b < ' ' || b == 0x7f || b == '\\') {
                return escapedBytes(name);
            }
        }
        return name;
    }

    private static byte[] escapedBytes(byte[] name) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(2 * name.length);
        for (int at = 0; at < name.length; ) {
            int bytes = Math.min(sequenceBytes(name[at]), name.length - at);
            String character = PathText.exact(Arrays.copyOfRange(name, at, at + bytes));
            bytes = character == null ? 1 : bytes;
            if (character != null && isPrinted(character.codePointAt(0)) && !looksEscaped(name, at)) {
                target.write(name, at, bytes);
            } else {
                for (int i = at; i < at + bytes; i++) {
                    escape(name[i], target);
                }
            }
            at += bytes;
        }
        return target.toByteArray();
    }

    /** The length of the UTF-8 sequence that a byte begins, if it is valid. */
    private static int sequenceBytes(byte first) {
        return first >= 0 ? 1 : Math.max(1, Integer.numberOfLeadingZeros(~(first << 24)));
    }

    private static boolean isPrinted(int character) {
        return character == '\t' || !Character.isISOControl(character);
    }

    private static boolean looksEscaped(byte[] name, int at) {
        if (name[at] != '\\' || at + 1 + DIGITS >= name.length || name[at + 1] != '#') {
            return false;
        }
        for (int i = at + 2; i < at + 2 + DIGITS; i++) {
            if (name[i] < '0' || name[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static void escape(byte value, ByteArrayOutputStream target) {
        target.write('\\');
        target.write('#');
        for (int shift = 2 * DIGITS; shift >= 0; shift -= DIGITS) {
            target.write('0' + ((value & 0xff) >> shift & 7));
        }
    }
}

package org.pcircle.cli.option;

import java.nio.charset.StandardCharsets;
import org.pcircle.fs.PathText;

/**
 * The command's arguments as bytes: a file name is any bytes, which a JVM would decode by the locale with losses. So
 * the launcher passes them as ISO 8859-1, a character a byte, and the parser keeps them so.
 */
public final class RawArguments {

    private RawArguments() {}

    /** The bytes that an argument stands for. */
    public static byte[] bytes(String argument) {
        return argument.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An argument as messages show it, on one line. */
    public static String shown(String argument) {
        return PathText.shown(bytes(argument));
    }
}

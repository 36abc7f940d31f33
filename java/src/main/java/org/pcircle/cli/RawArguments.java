package org.pcircle.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.PathText;

/**
 * The command's arguments as the bytes they are. The JVM decodes them by the locale, and what does not fit is lost; but a
 * file name is any bytes, and the kernel still has them. So they travel through the parser as ISO 8859-1, a character a
 * byte.
 */
final class RawArguments {

    private RawArguments() {}

    /** The last arguments of this process, as many as the JVM has passed to {@code main}. */
    static List<String> of(String[] decoded) throws IOException {
        List<String> all = split(Files.readAllBytes(Path.of("/proc/self/cmdline")));
        return all.subList(all.size() - decoded.length, all.size());
    }

    /** The bytes that an argument stands for. */
    static byte[] bytes(String argument) {
        return argument.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** An argument as messages show it, on one line. */
    static String shown(String argument) {
        return PathText.shown(bytes(argument));
    }

    private static List<String> split(byte[] commandLine) {
        List<String> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                arguments.add(new String(commandLine, start, i - start, StandardCharsets.ISO_8859_1));
                start = i + 1;
            }
        }
        return arguments;
    }
}

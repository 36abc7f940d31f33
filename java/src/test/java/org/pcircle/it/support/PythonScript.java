package org.pcircle.it.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of the tests that are written in Python. */
public final class PythonScript {

    private static final Path FOLDER = Path.of("src/test/resources").toAbsolutePath();

    private PythonScript() {}

    /** One of them, by the name of its file. */
    public static Command of(String name, String... arguments) {
        return Command.of(words(name, arguments));
    }

    /** The words that start one. */
    public static List<String> words(String name, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("python3", FOLDER.resolve(name).toString()));
        words.addAll(List.of(arguments));
        return words;
    }
}

package org.pcircle.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs of the tests that are written in Python. */
final class PythonScript {

    private static final Path FOLDER = Path.of("src/test/resources").toAbsolutePath();

    private PythonScript() {}

    /** One of them, by the name of its file. */
    static Command of(String name, String... arguments) {
        return Command.of(words(name, arguments));
    }

    /** The words that start one. */
    static List<String> words(String name, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of("python3", FOLDER.resolve(name).toString()));
        words.addAll(List.of(arguments));
        return words;
    }
}

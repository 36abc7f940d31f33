package org.pcircle.it.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A program to run, with a limit to its time: a test may fail, but not hang. */
public final class Command {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final List<String> words;
    private final Map<String, String> environment = new TreeMap<>();
    private Path directory = Path.of("/");

    private Command(List<String> words) {
        this.words = words;
    }

    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    public static Command of(List<String> words) {
        return new Command(List.copyOf(words));
    }

    /** Lines of the shell, with arguments for $1 and so on; the first line that fails is the end. */
    public static Command shell(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-euc", script, "sh"));
        words.addAll(List.of(arguments));
        return of(words);
    }

    /** Where it runs; the root directory if this is not said. */
    public Command in(Path where) {
        directory = where;
        return this;
    }

    public Command with(Map<String, String> variables) {
        environment.putAll(variables);
        return this;
    }

    public Running start() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new Running(builder);
    }

    public Outcome run() {
        try (Running running = start()) {
            return running.await(toString(), LIMIT);
        }
    }

    @Override
    public String toString() {
        return environment + " " + String.join(" ", words);
    }
}

package org.pcircle.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pcircle.transport.TransportProvider;

/** The parts of this installation and the programs and libraries that it finds, for --version and --doctor. */
public final class Installation {

    private static final long ANSWER_MS = 30_000;

    private Installation() {}

    static String version() {
        @Nullable String version = Installation.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    static String java() {
        return "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.vm.name");
    }

    /** The first line of a launcher's version; null if there is no such program. */
    static @Nullable String version(TransportProvider.LaunchCommand launch) {
        Answer answer = ask(List.of(launch.program(), "--version"), launch.environment());
        return answer.code == 0 && !answer.text.isEmpty()
                ? answer.text.lines().findFirst().orElse("")
                : null;
    }

    /** The file of a loaded library, whose name mostly ends in its version; null if it is not loaded. */
    static @Nullable String loaded(String library) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)) {
                int at = line.indexOf("/" + library);
                if (at >= 0) {
                    return line.substring(at + 1);
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }

    /** The folder of this installation; null if unknown. */
    public static @Nullable Path home() {
        String library = System.getProperty("pcircle.native");
        if (library == null) {
            return null;
        }
        Path lib = Path.of(library).toAbsolutePath().getParent();
        return lib == null ? null : lib.normalize().getParent();
    }

    /**
     * The output of another program, on both streams.
     *
     * @param code its exit code; -1 if it could not be started or did not end in time
     */
    record Answer(int code, String text) {}

    /** Runs a program to its end, {@value #ANSWER_MS} ms at most. */
    static Answer ask(List<String> words, Map<String, String> environment) {
        try {
            Path said = Files.createTempFile("pcircle-", ".out");
            try {
                ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words))
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(said.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                boolean ended = process.waitFor(ANSWER_MS, TimeUnit.MILLISECONDS);
                process.destroyForcibly();
                String text = new String(Files.readAllBytes(said), StandardCharsets.UTF_8);
                return new Answer(ended ? process.exitValue() : -1, text);
            } finally {
                Files.delete(said);
            }
        } catch (IOException e) {
            return new Answer(-1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(-1, "interrupted");
        }
    }
}

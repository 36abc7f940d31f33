package org.pcircle.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A directory seen through a file system that fails where it is told to. Closing it takes the file system away. */
final class FaultyFileSystem implements AutoCloseable {

    private static final Path PROGRAM =
            Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake/faulty");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path path;
    private final Running server;

    private FaultyFileSystem(Path path, Running server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Mounts it on a new directory; the test is skipped where that cannot be.
     *
     * @param faults as the program {@code faulty} takes them
     */
    static FaultyFileSystem mount(Path path, Path directory, String... faults) {
        assumeTrue(Files.isExecutable(PROGRAM), "the C tests were built without libfuse 3");
        Command.of("mkdir", path.toString()).run().assertCode(0);
        List<String> words = new ArrayList<>(List.of(PROGRAM.toString(), directory.toString(), path.toString()));
        words.addAll(List.of(faults));
        FaultyFileSystem mounted = new FaultyFileSystem(path, Command.of(words).start());
        while (!mounted.isThere()) {
            if (!mounted.server.isAlive()) {
                Outcome outcome = mounted.server.await("faulty", LIMIT);
                mounted.server.close();
                assumeTrue(outcome.code() != 1, () -> "FUSE is not permitted here: " + outcome);
                throw new AssertionError(outcome);
            }
        }
        return mounted;
    }

    private boolean isThere() {
        return Command.of("mountpoint", "-q", path.toString()).run().code() == 0;
    }

    @Override
    public void close() {
        try (server) {
            Command.shell(
                            "if [ $(id -u) = 0 ]; then umount --lazy \"$1\"; else fusermount3 -u -z \"$1\"; fi; rmdir \"$1\"",
                            path.toString())
                    .run()
                    .assertCode(0);
        }
    }
}

package org.pcircle.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory seen through a file system that fails where it is told to, and hides what is unlinked while it is open if
 * it is told to. It can be read and written, by all users where root mounts it, so it serves as source and as
 * destination. The words that it takes are explained at the top of {@code native/src/test/fuse/faulty.c}; examples are
 * {@code read,EIO,name,0,4096}, {@code fsync,ENOSPC,.fcp.*} and {@code hide=.nfs}. Closing it takes the file system
 * away.
 */
public final class FaultyFileSystem implements AutoCloseable {

    private static final Path PROGRAM =
            Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake/faulty");

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Path path;
    private final Running server;

    /** Whether it was built, and may most likely be mounted. */
    public static boolean isAvailable() {
        return Files.isExecutable(PROGRAM) && Files.isWritable(Path.of("/dev/fuse"));
    }

    private FaultyFileSystem(Path path, Running server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Mounts it on a new directory; the test is skipped where that cannot be.
     *
     * @param directory what it shows, which stays as it is left
     * @param words faults and options, as the program {@code faulty} takes them
     */
    public static FaultyFileSystem mount(Path path, Path directory, String... words) {
        assumeTrue(Files.isExecutable(PROGRAM), "the C tests were built without libfuse 3");
        Command.of("mkdir", path.toString()).run().assertCode(0);
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), directory.toString(), path.toString()));
        command.addAll(List.of(words));
        FaultyFileSystem mounted =
                new FaultyFileSystem(path, Command.of(command).start());
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

    public Path path() {
        return path;
    }

    /** A line for each file that was unlinked or renamed over while it was open, since it was mounted to hide those. */
    public List<String> hidden() {
        return server.out().lines().toList();
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

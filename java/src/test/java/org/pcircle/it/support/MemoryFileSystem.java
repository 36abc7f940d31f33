package org.pcircle.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** A file system in memory with limits of its own. Closing it takes it away. */
public final class MemoryFileSystem implements AutoCloseable {

    private final Path path;

    private MemoryFileSystem(Path path) {
        this.path = path;
    }

    /**
     * Mounts it on a new directory; the test is skipped where mounting is not permitted.
     *
     * @param limits as mount(8) takes them for tmpfs
     */
    public static MemoryFileSystem mount(Path path, String limits) {
        Outcome mount = Command.shell("mkdir \"$1\"; mount -t tmpfs -o $2 tmpfs \"$1\"", path.toString(), limits)
                .run();
        assumeTrue(mount.code() == 0, () -> "mounting is not permitted here: " + mount);
        return new MemoryFileSystem(path);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        Command.shell("umount --lazy \"$1\" && rmdir \"$1\"", path.toString())
                .run()
                .assertCode(0);
    }
}

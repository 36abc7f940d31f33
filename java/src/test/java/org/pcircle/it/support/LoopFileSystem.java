package org.pcircle.it.support;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** A file system of a chosen kind in a file. Closing it takes it away, and the file. */
public final class LoopFileSystem implements AutoCloseable {

    private final Path path;

    private LoopFileSystem(Path path) {
        this.path = path;
    }

    /**
     * Makes one of 1 GiB and mounts it on a new directory; the test is skipped where mounting is not permitted.
     *
     * @param type as mkfs(8) takes it, with options behind it
     */
    public static LoopFileSystem mount(Path path, String type) {
        Command.shell("truncate -s 1G \"$1.image\" && mkfs -t $2 \"$1.image\" && mkdir \"$1\"", path.toString(), type)
                .run()
                .assertCode(0);
        Outcome mount = Command.shell("mount -o loop \"$1.image\" \"$1\"", path.toString())
                .run();
        assumeTrue(mount.code() == 0, () -> "mounting is not permitted here: " + mount);
        return new LoopFileSystem(path);
    }

    public Path path() {
        return path;
    }

    /** Takes it away and mounts it again, so that nothing of it is in the page cache. */
    public void remount() {
        Command.shell("umount \"$1\" && mount -o loop \"$1.image\" \"$1\"", path.toString())
                .run()
                .assertCode(0);
    }

    @Override
    public void close() {
        Command.shell("umount --lazy \"$1\" && rmdir \"$1\" && rm \"$1.image\"", path.toString())
                .run()
                .assertCode(0);
    }
}

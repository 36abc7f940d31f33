package org.pcircle.it.support;

import java.nio.file.Path;

/**
 * Trees with every kind of entry, mode, owner, time, attribute and name that there is, as {@code zoo.py} makes them;
 * the same ones every time. Some extended attributes have 60 000 bytes, for which ext4 needs its feature ea_inode.
 */
public final class Zoo {

    private Zoo() {}

    /** All of it, which only root can make. */
    public static void make(Path directory) {
        run(directory.toString());
    }

    /** What somebody else can make and read again, and owns. */
    public static void makeUnprivileged(Path directory) {
        if (User.isRoot()) {
            run(directory.toString(), Integer.toString(User.NOBODY));
        } else {
            run(directory.toString());
        }
    }

    /** A smaller one, with entries of each kind on every level, whose paths are far longer than the kernel takes. */
    public static void makeDeep(Path directory) {
        run("--deep", directory.toString());
    }

    private static void run(String... words) {
        PythonScript.of("zoo.py", words).run().assertCode(0);
    }
}

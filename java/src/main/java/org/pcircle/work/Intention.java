package org.pcircle.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.pcircle.fs.Entry;
import org.pcircle.fs.PathText;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;

/** What would be done to one entry: in a dry run it is counted and told instead. */
final class Intention {

    private Intention() {}

    /** Tells about the entry at a path of a root's tree. */
    static void tell(int root, TreePath path, Entry entry, Workbench bench, Result result) {
        result.count(counterOf(entry.type()), 1);
        result.count(Counter.BYTES, entry.dataBytes());
        String shown = PathText.shown(bench.roots().showTarget(root, path));
        result.intentions.writeBytes((verb(entry.type()) + " " + shown + "\n").getBytes(UTF_8));
    }

    private static String verb(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> "mkdir";
            case Entry.REGULAR -> "copy";
            case Entry.SYMLINK -> "symlink";
            default -> "mknod";
        };
    }

    /** What counts entries of a type. */
    static Counter counterOf(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> Counter.DIRECTORIES;
            case Entry.REGULAR -> Counter.FILES;
            case Entry.SYMLINK -> Counter.SYMLINKS;
            default -> Counter.SPECIALS;
        };
    }
}

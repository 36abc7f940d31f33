package org.pcircle.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.MountTable;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;

/**
 * Where in a tree a directory shows up: at its own path, and wherever a bind mount shows it. Paths are compared as the
 * kernel knows them, and each that is found is looked at: only the directory itself counts.
 */
final class Nesting {

    private static final byte[] PARENT = {'.', '.'};
    private static final byte[] ITSELF = new byte[0];

    /** A place in a tree whose path is not known. */
    private static final TreePath SOMEWHERE = new TreePath(new byte[] {'.'});

    /** Read when it is first needed. */
    private @Nullable MountTable mounts;

    /**
     * The paths in the tree below {@code top} at which a directory shows up, the tree's top for the same directory.
     * Where the kernel does not tell paths (they are too long, there is no /proc) and the directory is in the tree all
     * the same, it is at {@code "."}.
     */
    List<TreePath> pathsIn(byte[] top, byte[] directory) {
        try (Directory inner = Directory.open(directory);
                Directory outer = Directory.open(top)) {
            Entry entry = Entry.of(inner.describe(ITSELF));
            Entry outermost = Entry.of(outer.describe(ITSELF));
            if (entry.isSame(outermost)) {
                return List.of(TreePath.TOP);
            }
            try {
                return pathsIn(outer.realPath(), inner, entry);
            } catch (IOException e) {
                return isBelow(directory, outermost) ? List.of(SOMEWHERE) : List.of();
            }
        } catch (FileException e) {
            return List.of(); // The walk reports a directory that cannot be opened.
        }
    }

    private List<TreePath> pathsIn(byte[] top, Directory directory, Entry entry) throws IOException {
        if (mounts == null) {
            mounts = MountTable.read();
        }
        List<TreePath> paths = new ArrayList<>();
        for (byte[] path : mounts.pathsOf(directory.realPath(), directory.mountId())) {
            TreePath below = MountTable.below(path, top);
            if (below != null && isAt(path, entry)) {
                paths.add(below);
            }
        }
        return paths;
    }

    private static boolean isAt(byte[] path, Entry entry) {
        Entry found = describe(path);
        return found != null && found.isSame(entry);
    }

    /** Whether a tree's top is on the way up from a directory to the root directory. */
    private static boolean isBelow(byte[] directory, Entry top) {
        byte[] path = directory;
        Entry met = describe(path);
        while (met != null) {
            if (met.isSame(top)) {
                return true;
            }
            path = TreePath.join(path, PARENT);
            Entry parent = describe(path);
            if (parent != null && parent.isSame(met)) {
                return false;
            }
            met = parent;
        }
        return false;
    }

    /**
     * Whether the directory mounted at a path of a source is the target directory that would hold the copy of that
     * path.
     */
    static boolean isCopiedIntoItself(Place source, Place target, TreePath point) {
        Entry mounted = describe(source.show(point));
        for (TreePath path = point; mounted != null && !path.isTop(); ) {
            path = path.parent();
            Entry holder = describe(target.show(path));
            if (holder != null && holder.isSame(mounted)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Entry describe(byte[] path) {
        try {
            return Entry.of(Stat.at(path, true));
        } catch (FileException e) {
            return null;
        }
    }
}

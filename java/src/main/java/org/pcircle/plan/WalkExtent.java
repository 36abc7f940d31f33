package org.pcircle.plan;

import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;

/**
 * How far a copy goes in its sources.
 *
 * @param listed whether only listed entries are copied (--files-from); the list has not been read yet
 */
public record WalkExtent(Selection selection, boolean listed) {

    /** No restriction. */
    public static final WalkExtent ALL = new WalkExtent(Selection.ALL, false);

    /**
     * Whether a directory of a source will be listed, as far as can be told before the copy begins.
     *
     * @param prefix of the paths of this source when they are matched with patterns
     */
    boolean enters(Place source, Entry top, TreePath prefix, TreePath directory) {
        if (listed) {
            return false;
        }
        Filter filter = selection.filter();
        for (TreePath path = directory; !path.isTop(); path = path.parent()) {
            TreePath seen = prefix.isTop() ? path : path.below(prefix.bytes());
            if (filter.excludes(seen.bytes(), true)
                    || (selection.oneFileSystem() && !isOnDeviceOf(top, source.show(path)))) {
                return false;
            }
        }
        return prefix.isTop() || !filter.excludes(prefix.bytes(), true);
    }

    /** A missing entry will be on the file system of its parent directory. */
    private static boolean isOnDeviceOf(Entry top, byte[] path) {
        try {
            return Entry.of(Stat.at(path, false)).device() == top.device();
        } catch (FileException e) {
            return true;
        }
    }
}

package org.pcircle.plan;

import java.util.Arrays;
import org.pcircle.fs.TreePath;

/**
 * The location of a tree's top: a directory to open (the base), as the user named it, and a name in it. A top without a
 * name of its own ({@code /}, {@code ..}, a link to a directory with a slash behind it) is {@code .} in itself.
 *
 * @param base the directory's path, relative to the current directory of all ranks or absolute
 * @param name the entry's name in it
 */
public record Place(byte[] base, byte[] name) {

    private static final byte[] SELF = {'.'};

    /** The location of a path as the user typed it. */
    static Place of(byte[] path) {
        byte[] plain = withoutTrailingSlashes(path);
        int slash = plain.length - 1;
        while (slash >= 0 && plain[slash] != '/') {
            slash--;
        }
        byte[] name = Arrays.copyOfRange(plain, slash + 1, plain.length);
        if (isSpecial(name)) {
            return inItself(plain);
        }
        return new Place(slash < 0 ? SELF : Arrays.copyOf(plain, Math.max(slash, 1)), name);
    }

    /** The location of a directory that is opened by its own path. */
    static Place inItself(byte[] directory) {
        return new Place(directory, SELF);
    }

    /** Whether the top is reached through its own path, not through its parent directory. */
    public boolean isInItself() {
        return Arrays.equals(name, SELF);
    }

    /** The path of an entry of this tree, as the user would write it. */
    public byte[] show(TreePath path) {
        byte[] top = isInItself() ? base : Arrays.equals(base, SELF) ? name : TreePath.join(base, name);
        return path.isTop() ? top : TreePath.join(top, path.bytes());
    }

    /** A path without the slashes at its end; the root directory keeps its one. */
    static byte[] withoutTrailingSlashes(byte[] path) {
        int length = path.length;
        while (length > 1 && path[length - 1] == '/') {
            length--;
        }
        return Arrays.copyOf(path, length);
    }

    private static boolean isSpecial(byte[] name) {
        return name.length == 0 || Arrays.equals(name, SELF) || (name.length == 2 && name[0] == '.' && name[1] == '.');
    }
}

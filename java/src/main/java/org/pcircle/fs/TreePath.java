package org.pcircle.fs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.wire.Wire;

/**
 * A path below the top of a tree: names separated by {@code /}, as bytes, of any length; empty for the top itself.
 * Immutable: the array is not copied, so the caller must not change it.
 */
public final class TreePath {

    public static final TreePath TOP = new TreePath(new byte[0]);

    private final byte[] bytes;

    public TreePath(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public boolean isTop() {
        return bytes.length == 0;
    }

    public int encodedBytes() {
        return Wire.encodedBytes(bytes);
    }

    public void write(ByteBuffer target) {
        Wire.writeBytes(bytes, target);
    }

    public static TreePath read(ByteBuffer source) {
        return new TreePath(Wire.readBytes(source));
    }

    /** Bytes that {@link #writeOrNone} writes. */
    public static int encodedBytesOrNone(@Nullable TreePath path) {
        return 1 + (path == null ? 0 : path.encodedBytes());
    }

    /** Writes a path that may be null, as that of the directory that holds the top of a tree. */
    public static void writeOrNone(@Nullable TreePath path, ByteBuffer target) {
        Wire.writeFlag(path != null, target);
        if (path != null) {
            path.write(target);
        }
    }

    public static @Nullable TreePath readOrNone(ByteBuffer source) {
        return Wire.readFlag(source) ? read(source) : null;
    }

    /** The path of an entry of this directory. */
    public TreePath child(byte[] name) {
        return isTop() ? new TreePath(name) : new TreePath(join(bytes, name));
    }

    /** This path relative to the parent of the tree's top, which has the name {@code top} there. */
    public TreePath below(byte[] top) {
        return isTop() ? new TreePath(top) : new TreePath(join(top, bytes));
    }

    /** The directory that holds this entry; the top for a path of one name. */
    public TreePath parent() {
        int slash = lastSlash();
        return slash < 0 ? TOP : new TreePath(Arrays.copyOf(bytes, slash));
    }

    /** Whether this path is the directory's own or that of an entry below it. */
    public boolean isWithin(TreePath directory) {
        int length = directory.bytes.length;
        return length == 0
                || (bytes.length >= length
                        && Arrays.equals(bytes, 0, length, directory.bytes, 0, length)
                        && (bytes.length == length || bytes[length] == '/'));
    }

    /** This path relative to a directory that it is within; empty for the directory itself. */
    public TreePath from(TreePath directory) {
        int begin = directory.isTop() ? 0 : Math.min(bytes.length, directory.bytes.length + 1);
        return begin == 0 ? this : new TreePath(Arrays.copyOfRange(bytes, begin, bytes.length));
    }

    /** The directory so many names above; null if the path has no more names than that. */
    public @Nullable TreePath above(int names) {
        int i = bytes.length;
        for (int left = names; left > 0; left--) {
            do {
                i--;
            } while (i >= 0 && bytes[i] != '/');
            if (i < 0) {
                return null;
            }
        }
        return new TreePath(Arrays.copyOf(bytes, i));
    }

    /** The last name of the path. */
    public byte[] name() {
        return Arrays.copyOfRange(bytes, lastSlash() + 1, bytes.length);
    }

    /** Names in the path, 0 for the top. */
    public int depth() {
        int depth = isTop() ? 0 : 1;
        for (byte b : bytes) {
            if (b == '/') {
                depth++;
            }
        }
        return depth;
    }

    /** {@code directory/name}, with one slash between them. */
    public static byte[] join(byte[] directory, byte[] name) {
        boolean slash = directory.length > 0 && directory[directory.length - 1] == '/';
        int length = directory.length + (slash ? 0 : 1);
        byte[] joined = Arrays.copyOf(directory, length + name.length);
        joined[length - 1] = '/';
        System.arraycopy(name, 0, joined, length, name.length);
        return joined;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return PathText.shown(bytes);
    }

    private int lastSlash() {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '/') {
            i--;
        }
        return i;
    }
}

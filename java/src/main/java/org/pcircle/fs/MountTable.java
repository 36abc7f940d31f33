package org.pcircle.fs;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mounts that this process sees (proc_pid_mountinfo(5)). A bind mount shows a directory at a second path; the table
 * finds all paths of a directory from one of them. Immutable.
 */
public final class MountTable {

    /** Fields of a line, from the first: the mount's number, device, directory of the file system, and path. */
    private static final int ID = 0;

    private static final int DEVICE = 2;
    private static final int ROOT = 3;
    private static final int POINT = 4;
    private static final int FIELDS = 5;

    private final List<Mount> mounts;

    /**
     * One mount.
     *
     * @param device of the file system, {@code major:minor}
     * @param root the directory of the file system that is mounted, from the file system's own top
     * @param point the absolute path where it is mounted
     */
    private record Mount(int id, byte[] device, byte[] root, byte[] point) {

        /**
         * Whether both mount the same directory of a file system at the same path. Numbers are not compared, as a new
         * mount has another one.
         */
        boolean isSame(Mount other) {
            return Arrays.equals(root, other.root) && Arrays.equals(point, other.point);
        }
    }

    private MountTable(List<Mount> mounts) {
        this.mounts = mounts;
    }

    /** The table of this process. */
    public static MountTable read() throws IOException {
        try (InputStream table = new FileInputStream("/proc/self/mountinfo")) {
            return parse(table.readAllBytes());
        }
    }

    /** Parses a table in the kernel's format; malformed lines are skipped. */
    static MountTable parse(byte[] table) {
        List<Mount> mounts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < table.length; i++) {
            if (table[i] == '\n') {
                Mount mount = mount(Arrays.copyOfRange(table, start, i));
                start = i + 1;
                if (mount != null) {
                    mounts.add(mount);
                }
            }
        }
        return new MountTable(mounts);
    }

    private static @Nullable Mount mount(byte[] line) {
        byte[][] fields = new byte[FIELDS][];
        int start = 0;
        for (int field = 0; field < FIELDS; field++) {
            int end = start;
            while (end < line.length && line[end] != ' ') {
                end++;
            }
            if (end >= line.length) {
                return null;
            }
            fields[field] = unescaped(line, start, end);
            start = end + 1;
        }
        int id = number(fields[ID]);
        return id < 0 ? null : new Mount(id, fields[DEVICE], fields[ROOT], fields[POINT]);
    }

    /** Undoes the escapes of space, tab, newline and backslash (a backslash and three octal digits). */
    private static byte[] unescaped(byte[] line, int from, int to) {
        ByteArrayOutputStream field = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (line[i] == '\\' && i + 3 < to) {
                field.write((line[i + 1] - '0') << 6 | (line[i + 2] - '0') << 3 | (line[i + 3] - '0'));
                i += 3;
            } else {
                field.write(line[i]);
            }
        }
        return field.toByteArray();
    }

    private static int number(byte[] digits) {
        int number = digits.length == 0 ? -1 : 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = 10 * number + digit - '0';
        }
        return number;
    }

    /**
     * The absolute paths at which a directory may show up, including the given one. Another mount may hide one of them:
     * the caller must check.
     *
     * @param path an absolute path of the directory, without symbolic links
     * @param mount the number of the mount that this path leads to
     */
    public List<byte[]> pathsOf(byte[] path, int mount) {
        List<byte[]> paths = new ArrayList<>();
        Mount reached = byId(mount);
        TreePath within = reached == null ? null : below(path, reached.point());
        if (reached == null || within == null) {
            paths.add(path);
            return paths;
        }
        byte[] onFileSystem = joined(reached.root(), within);
        for (Mount other : mounts) {
            TreePath shown = Arrays.equals(other.device(), reached.device()) ? below(onFileSystem, other.root()) : null;
            if (shown != null) {
                paths.add(joined(other.point(), shown));
            }
        }
        return paths;
    }

    /** The mount points below a directory: each path once, relative to the directory. */
    public Set<TreePath> pointsBelow(byte[] directory) {
        Set<TreePath> points = new LinkedHashSet<>();
        for (Mount mount : mounts) {
            TreePath point = below(mount.point(), directory);
            if (point != null && !point.isTop()) {
                points.add(point);
            }
        }
        return points;
    }

    /**
     * Whether all mounts on the way to a path in an earlier table are still there. More may have been mounted since, as
     * an automounter does.
     *
     * @param path absolute, without symbolic links; included itself
     */
    public boolean stillHas(MountTable earlier, byte[] path) {
        return holdsAll(onTheWayTo(path), earlier.onTheWayTo(path));
    }

    /** Whether all mounts of an earlier table are still there. */
    public boolean stillHas(MountTable earlier) {
        return holdsAll(new ArrayList<>(mounts), earlier.mounts);
    }

    private static boolean holdsAll(List<Mount> now, List<Mount> before) {
        for (Mount mount : before) {
            int at = 0;
            while (at < now.size() && !now.get(at).isSame(mount)) {
                at++;
            }
            if (at == now.size()) {
                return false;
            }
            now.remove(at); // One may be mounted upon another.
        }
        return true;
    }

    private List<Mount> onTheWayTo(byte[] path) {
        List<Mount> found = new ArrayList<>();
        for (Mount mount : mounts) {
            if (below(path, mount.point()) != null) {
                found.add(mount);
            }
        }
        return found;
    }

    private @Nullable Mount byId(int id) {
        for (Mount mount : mounts) {
            if (mount.id() == id) {
                return mount;
            }
        }
        return null;
    }

    /**
     * An absolute path relative to a directory above it, both without symbolic links; null if the directory is not
     * above it.
     */
    public static @Nullable TreePath below(byte[] path, byte[] directory) {
        TreePath inner = new TreePath(withoutSlash(path));
        TreePath outer = new TreePath(withoutSlash(directory));
        if (!inner.isWithin(outer)) {
            return null;
        }
        int from = outer.isTop() ? 0 : outer.bytes().length + 1;
        return from >= inner.bytes().length
                ? TreePath.TOP
                : new TreePath(Arrays.copyOfRange(inner.bytes(), from, inner.bytes().length));
    }

    private static byte[] withoutSlash(byte[] absolute) {
        return Arrays.copyOfRange(absolute, absolute.length > 0 && absolute[0] == '/' ? 1 : 0, absolute.length);
    }

    private static byte[] joined(byte[] directory, TreePath path) {
        return path.isTop() ? directory : TreePath.join(directory, path.bytes());
    }
}

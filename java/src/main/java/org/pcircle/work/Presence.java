package org.pcircle.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.MountTable;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Mounted;
import org.pcircle.plan.Root;
import org.pcircle.report.Fault;

/**
 * Distinguishes an entry that has vanished from a source from one whose file system is not mounted any more: both are
 * ENOENT, but only the first is missing in the source. A file system is present if the directory where it begins (the
 * top or a mount point) is still the one that the plan describes, and if this process sees all mounts on the way to the
 * entry that it saw when it began. This is checked when an entry is missing or about to be deleted, after the lookup
 * that missed it.
 */
public final class Presence {

    private static final byte[] ITSELF = new byte[0];

    private final Roots roots;

    /** The mounts when this process began; null if unknown, and then nothing counts as vanished. */
    private final @Nullable MountTable atFirst;

    Presence(Roots roots) {
        this.roots = roots;
        this.atFirst = mounts();
    }

    /**
     * Marks a fault as vanished if its source entry has vanished after it was found.
     *
     * @param record of the entry; null if it was not described
     */
    public Fault judged(Fault fault, int root, @Nullable TreePath path, byte @Nullable [] record) {
        boolean isMissing = atFirst != null
                && isMissing(fault.errno())
                && !fault.operation().onTarget();
        return isMissing && path != null && hasVanished(root, path, record) ? fault.vanished() : fault;
    }

    /** Whether an entry below the top of a source is missing although its file system is mounted. */
    private boolean hasVanished(int root, TreePath path, byte @Nullable [] record) {
        try {
            for (TreePath missing = path; !missing.isTop(); missing = missing.parent()) {
                if (isMountPoint(root, missing)) {
                    return false;
                }
                Directory found = openIfThere(root, missing.parent());
                if (found != null) {
                    try (Directory parent = found) {
                        return lacks(parent, missing.name())
                                && isWhereItWas(parent, root, record)
                                && isThere(root, path);
                    }
                }
            }
        } catch (FileException e) {
            return false;
        }
        return false;
    }

    /** Whether the file system that holds a path of a source is the one that held it at the beginning. */
    boolean isThere(int root, TreePath path) {
        try (Directory top = roots.openSourceFromTop(root, TreePath.TOP)) {
            Root described = roots.root(root);
            if (inode(top) != Entry.of(described.record()).inode()) {
                return false;
            }
            for (Mounted mounted : described.mounts()) {
                if (path.isWithin(mounted.path()) && inode(top, mounted.path()) != mounted.inode()) {
                    return false;
                }
            }
            return leadsTo(top, path);
        } catch (FileException e) {
            return false;
        }
    }

    /**
     * Whether a path of a source still leads to the directory that was found there, on the file system of the
     * beginning.
     */
    public boolean isStill(Directory found, int root, TreePath path) {
        try (Directory now = roots.openSourceFromTop(root, path)) {
            boolean isSame = Entry.of(now.describe(ITSELF)).isSame(Entry.of(found.describe(ITSELF)));
            return isSame && isThere(root, path);
        } catch (FileException e) {
            return false;
        }
    }

    /** Whether the file system that begins at a path of a source is still the same; true if none begins there. */
    public boolean isMounted(int root, TreePath path) {
        return !isMountPoint(root, path) || isThere(root, path);
    }

    /**
     * Whether nothing on the way to a path below a directory was unmounted since this process began, as far as known.
     */
    private boolean leadsTo(Directory top, TreePath path) throws FileException {
        if (atFirst == null) {
            return true;
        }
        MountTable now = mounts();
        if (now == null) {
            return false;
        }
        try {
            byte[] itsPath = top.realPath();
            return now.stillHas(atFirst, path.isTop() ? itsPath : TreePath.join(itsPath, path.bytes()));
        } catch (FileException e) {
            if (e.errno() == Errno.ENAMETOOLONG.number()) {
                return now.stillHas(atFirst);
            }
            throw e;
        }
    }

    private static long inode(Directory directory) throws FileException {
        return Entry.of(directory.describe(ITSELF)).inode();
    }

    /** The inode of the directory mounted at a path; makes an automounter mount it. */
    private static long inode(Directory top, TreePath path) throws FileException {
        try (Directory mounted = top.beneath(path)) {
            return inode(mounted);
        } catch (FileException e) {
            if (e.errno() != Errno.ENOTDIR.number()) {
                throw e;
            }
        }
        try (Directory parent = top.beneath(path.parent())) {
            return Entry.of(parent.describe(path.name())).inode();
        }
    }

    private boolean isMountPoint(int root, TreePath path) {
        for (Mounted mounted : roots.root(root).mounts()) {
            if (mounted.path().equals(path)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the nearest remaining directory is on the entry's file system, by device number. The record's number is
     * comparable here only if this process sees the top under the device number that rank 0 saw.
     */
    private boolean isWhereItWas(Directory parent, int root, byte @Nullable [] record) throws FileException {
        if (record == null) {
            return true;
        }
        try (Directory top = roots.openSourceFromTop(root, TreePath.TOP)) {
            boolean isComparable = Entry.of(top.describe(ITSELF)).device()
                    == Entry.of(roots.root(root).record()).device();
            return !isComparable
                    || Entry.of(parent.describe(ITSELF)).device()
                            == Entry.of(record).device();
        }
    }

    private @Nullable Directory openIfThere(int root, TreePath path) throws FileException {
        try {
            return roots.openSourceFromTop(root, path);
        } catch (FileException e) {
            if (isMissing(e.errno())) {
                return null;
            }
            throw e;
        }
    }

    private static boolean lacks(Directory parent, byte[] name) throws FileException {
        try {
            parent.describe(name);
            return false;
        } catch (FileException e) {
            if (isMissing(e.errno())) {
                return true;
            }
            throw e;
        }
    }

    private static boolean isMissing(int errno) {
        return errno == Errno.ENOENT.number() || errno == Errno.ESTALE.number();
    }

    private static @Nullable MountTable mounts() {
        try {
            return MountTable.read();
        } catch (IOException e) {
            return null;
        }
    }
}

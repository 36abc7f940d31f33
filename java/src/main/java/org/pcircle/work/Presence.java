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
 * Tells an entry of a source that has gone from one whose file system has: both answer ENOENT, but only of the first can be said that the
 * source lacks it. A file system is there if the directory at which the walk came into it, the top or what was mounted below that, is
 * still the one that the plan describes, and if this process sees all that was mounted on the way to the entry when it began. That is
 * asked when something is missing or about to be deleted, and looked at after the look that missed it, so that nothing comes between.
 */
final class Presence {

    private static final byte[] ITSELF = new byte[0];

    private final Roots roots;

    /** What was mounted when this process began; null where the kernel does not tell, and so nothing counts as vanished. */
    private final @Nullable MountTable atFirst;

    Presence(Roots roots) {
        this.roots = roots;
        this.atFirst = mounts();
    }

    /**
     * A failure as what it is: of a source entry that has vanished after it was found, or any other.
     *
     * @param record in which the entry was described; null if it was only found
     */
    Fault judged(Fault fault, int root, @Nullable TreePath path, byte @Nullable [] record) {
        boolean isMissing = atFirst != null
                && isMissing(fault.errno())
                && !fault.operation().onTarget();
        return isMissing && path != null && hasVanished(root, path, record) ? fault.vanished() : fault;
    }

    /** Whether an entry below the top of a source is not there any more, though its file system is. */
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

    /** Whether a path of a source still leads to a directory that was found there, and its file system is the one of the beginning. */
    boolean isStill(Directory found, int root, TreePath path) {
        try (Directory now = roots.openSourceFromTop(root, path)) {
            boolean isSame = Entry.of(now.describe(ITSELF)).isSame(Entry.of(found.describe(ITSELF)));
            return isSame && isThere(root, path);
        } catch (FileException e) {
            return false;
        }
    }

    /** Whether a file system that begins at a path of a source is the one that did; true, too, if none does. */
    boolean isMounted(int root, TreePath path) {
        return !isMountPoint(root, path) || isThere(root, path);
    }

    /** Whether nothing on the way to a path below a directory was unmounted since this process began, as far as the kernel tells. */
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

    /** Of what is mounted; an automounter is made to mount it. */
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
     * Whether the nearest directory that is left is on the entry's file system, as far as device numbers tell: those of its record mean
     * something here if this process gives the top the number that rank 0 gave it.
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

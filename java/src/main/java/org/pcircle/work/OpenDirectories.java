package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

/**
 * The directories that one worker opened last: what it opens next is mostly one of them, or right below one. So a directory is
 * opened once for all that is done in it, and a path of thousands of names is not walked from its top for each of them.
 * A few are kept, the last used, and all are forgotten every few items, and after a moment, however few items that were: others may
 * put another directory in the place of one that is kept. So whatever is opened was reached from the top of its tree not long ago.
 * Used by one thread.
 */
final class OpenDirectories implements AutoCloseable {

    private static final int KEPT_MAX = 8;

    private static final int ITEMS_MAX = 64;

    private static final long AGE_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Where more names than this are walked at once, the directory so many names above the end is kept, too: whoever goes up a
     * tree, as directories are taken away, goes on from there.
     */
    private static final int NAMES_AT_ONCE = 32;

    /** What opens a directory by its path below the top of its tree, whatever is kept. */
    interface FromTop {
        Directory open(TreePath path) throws FileException;
    }

    /** A directory of one of the trees. */
    private record Kept(boolean isTarget, int root, TreePath path, Directory directory) {

        boolean isOfTree(boolean target, int index) {
            return isTarget == target && root == index;
        }
    }

    /** The one used last is the last. */
    private final List<Kept> kept = new ArrayList<>(KEPT_MAX + 1);

    private final LongSupplier nanoseconds;

    /** When the oldest of them was opened. */
    private long since;

    private int items;

    OpenDirectories() {
        this(System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param nanoseconds what it says
     */
    OpenDirectories(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /**
     * Opens a directory of a tree, or shares it if it is open.
     *
     * @param toList whether it is going to be listed, and so shares its position with nobody
     */
    Directory open(boolean isTarget, int root, TreePath path, boolean toList, FromTop fromTop) throws FileException {
        forgetOld();
        Kept nearest = nearest(isTarget, root, path);
        if (nearest != null && !toList && nearest.path.equals(path)) {
            return nearest.directory.share();
        }
        TreePath above = path.above(NAMES_AT_ONCE);
        boolean isFar = above != null && (nearest == null || !nearest.path.isWithin(above));
        if (nearest == null && !isFar) {
            return keep(new Kept(isTarget, root, path, fromTop.open(path)));
        }
        try {
            if (isFar && above != null) {
                nearest = new Kept(isTarget, root, above, openFrom(nearest, above, fromTop));
                keep(nearest).close();
            }
            return keep(new Kept(isTarget, root, path, openFrom(nearest, path, fromTop)));
        } catch (FileException e) {
            // What is kept may have been moved, and may lack what its path leads to; a directory on the way may not be
            // for reading.
            forget(isTarget, root);
            return keep(new Kept(isTarget, root, path, fromTop.open(path)));
        }
    }

    /** Between two items: forgets everything when it is time. */
    void itemDone() {
        if (++items == ITEMS_MAX) {
            close();
            items = 0;
        }
    }

    @Override
    public void close() {
        kept.forEach(each -> each.directory.close());
        kept.clear();
    }

    private void forgetOld() {
        long now = nanoseconds.getAsLong();
        if (kept.isEmpty()) {
            since = now;
        } else if (now - since > AGE_MAX_NS) {
            close();
            since = now;
        }
    }

    private static Directory openFrom(@Nullable Kept above, TreePath path, FromTop fromTop) throws FileException {
        return above == null ? fromTop.open(path) : above.directory.beneath(path.from(above.path));
    }

    /** The deepest that is kept on the way to a directory, or the directory itself. */
    private @Nullable Kept nearest(boolean isTarget, int root, TreePath path) {
        Kept nearest = null;
        for (Kept each : kept) {
            boolean isOnTheWay = each.isOfTree(isTarget, root) && path.isWithin(each.path);
            if (isOnTheWay && (nearest == null || each.path.isWithin(nearest.path))) {
                nearest = each;
            }
        }
        if (nearest != null) {
            kept.remove(nearest);
            kept.add(nearest);
        }
        return nearest;
    }

    /** Keeps a directory that was just opened, and shares it with the caller. */
    private Directory keep(Kept opened) {
        kept.add(opened);
        if (kept.size() > KEPT_MAX) {
            kept.remove(0).directory.close();
        }
        return opened.directory.share();
    }

    private void forget(boolean isTarget, int root) {
        kept.removeIf(each -> {
            if (!each.isOfTree(isTarget, root)) {
                return false;
            }
            each.directory.close();
            return true;
        });
    }
}

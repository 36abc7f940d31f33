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
 * A cache of the directories that one worker opened last: the next one is mostly one of them, or right below one. So a
 * directory is opened once for all that is done in it, and a path of thousands of names is not resolved from its top
 * each time. All are closed after 64 items and after a second, since other processes may replace a directory: whatever
 * is opened was reached from the top of its tree not long ago. Used by one thread.
 */
final class OpenDirectories implements AutoCloseable {

    private static final int KEPT_MAX = 8;

    private static final int ITEMS_MAX = 64;

    private static final long AGE_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Where more names than this are resolved at once, the directory so many names above the end is kept, too:
     * deletions, which go up a tree, continue from there.
     */
    private static final int NAMES_AT_ONCE = 32;

    /** Opens a directory by its path below the top of its tree, without the cache. */
    interface FromTop {
        Directory open(TreePath path) throws FileException;
    }

    /** A directory of one of the trees. */
    private record Kept(boolean isTarget, int root, TreePath path, Directory directory) {

        boolean isOfTree(boolean target, int index) {
            return isTarget == target && root == index;
        }
    }

    /** In the order of their last use. */
    private final List<Kept> kept = new ArrayList<>(KEPT_MAX + 1);

    private final LongSupplier nanoseconds;

    /** When the oldest of them was opened. */
    private long since;

    private int items;

    OpenDirectories() {
        this(System::nanoTime);
    }

    /**
     * A cache with another clock.
     *
     * @param nanoseconds the clock
     */
    OpenDirectories(LongSupplier nanoseconds) {
        this.nanoseconds = nanoseconds;
    }

    /**
     * Opens a directory of a tree, or shares an open one.
     *
     * @param toList whether it will be listed, and so must not share its position
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
            // A cached directory may have been moved, so that the path is not below it any more; or a directory on
            // the way may be unreadable.
            forget(isTarget, root);
            return keep(new Kept(isTarget, root, path, fromTop.open(path)));
        }
    }

    /** Between two items: closes everything when it is time. */
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

    /** The deepest cached directory on the way to a directory, or the directory itself. */
    private @Nullable Kept nearest(boolean isTarget, int root, TreePath path) {
        int nearest = -1;
        for (int i = 0; i < kept.size(); i++) {
            Kept each = kept.get(i);
            boolean isOnTheWay = each.isOfTree(isTarget, root) && path.isWithin(each.path);
            if (isOnTheWay && (nearest < 0 || each.path.isWithin(kept.get(nearest).path))) {
                nearest = i;
            }
        }
        if (nearest < 0) {
            return null;
        }
        Kept used = kept.remove(nearest); // Not by equality: a record's costs a start some 20 ms, when it is linked.
        kept.add(used);
        return used;
    }

    /** Caches a directory that was just opened, and shares it with the caller. */
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

package org.pcircle.work;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.MountTable;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.report.Fault;

/**
 * The roots of a run, opened at this rank: everything below them is reached through their descriptors. Shared by all
 * workers; each has a view of its own with the directories that it has open.
 */
public final class Roots implements SourceTrees, AutoCloseable {

    /** Bound on base directories that are kept open; others are opened for each use, so there may be any number. */
    private static final int KEPT_MAX = 64;

    private final List<Root> roots;

    /** Whether the roots have targets: those of a run that only reads are never opened. */
    private final boolean haveTargets;

    /** By path: many sources mostly share one base, and all targets do. */
    private final Map<TreePath, Directory> kept;

    private final Map<Integer, Boolean> layouts;

    /** Distinguishes vanished entries from unmounted file systems. */
    private final Presence presence;

    /** The directories that this worker has open; null in the shared object. */
    private final @Nullable OpenDirectories open;

    /** The tops of the targets, as far as they exist and were needed. */
    private final Map<Integer, Entry> targetTops = new HashMap<>();

    /** The mount points below the tops of targets, as far as they were needed. */
    private final Map<Integer, Set<TreePath>> targetMounts = new HashMap<>();

    private Roots(Plan plan) {
        this.roots = plan.roots();
        this.haveTargets = plan.task().hasTargets();
        this.kept = new HashMap<>();
        this.layouts = new HashMap<>();
        this.presence = new Presence(this);
        this.open = null;
    }

    private Roots(Roots shared, OpenDirectories open) {
        this.roots = shared.roots;
        this.haveTargets = shared.haveTargets;
        this.kept = shared.kept;
        this.layouts = shared.layouts;
        this.presence = shared.presence;
        this.open = open;
    }

    /** The view of one worker, which closes these directories. */
    Roots by(OpenDirectories itsDirectories) {
        return new Roots(this, itsDirectories);
    }

    /** Opens all roots of a plan. */
    static Roots open(Plan plan) throws UnreachableException {
        Roots opened = new Roots(plan);
        Set<TreePath> seen = new HashSet<>();
        try {
            for (Root root : plan.roots()) {
                List<Place> places =
                        opened.haveTargets ? List.of(root.source(), root.target()) : List.of(root.source());
                for (Place place : places) {
                    if (seen.add(new TreePath(place.base()))) {
                        opened.reach(place);
                    }
                }
            }
            return opened;
        } catch (UnreachableException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public Root root(int index) {
        return roots.get(index);
    }

    /** Opens a directory of a source tree; null for the one that holds the tree's top. */
    public Directory openSource(int root, @Nullable TreePath path) throws FileException {
        return open(false, root, path, false);
    }

    /** Opens a directory of a target tree; null for the one that holds the tree's top. */
    public Directory openTarget(int root, @Nullable TreePath path) throws FileException {
        return open(true, root, path, false);
    }

    /** Opens a directory of a source tree by its whole path, without cached directories. */
    Directory openSourceFromTop(int root, TreePath path) throws FileException {
        return openBelow(roots.get(root).source(), path);
    }

    @Override
    public Directory openSourceToList(int root, TreePath path) throws FileException {
        return open(false, root, path, true);
    }

    /** Opens a directory of a target tree whose entries are then listed. */
    public Directory openTargetToList(int root, TreePath path) throws FileException {
        return open(true, root, path, true);
    }

    /**
     * Opens a directory of a target tree in a dry run: null where a run would create the directory, or would have to
     * make it accessible first, so that its contents are unknown.
     */
    @Nullable
    public Directory openTargetIfThere(int root, @Nullable TreePath path) throws FileException {
        try {
            return openTarget(root, path);
        } catch (FileException e) {
            boolean isMissing = e.errno() == Errno.ENOENT.number()
                    || e.errno() == Errno.ENOTDIR.number()
                    || e.errno() == Errno.ELOOP.number();
            if (isMissing || (e.errno() == Errno.EACCES.number() && path != null && isClosedToItsOwner(root, path))) {
                return null;
            }
            throw e;
        }
    }

    /** Whether the first inaccessible directory on the way belongs to this user. */
    private boolean isClosedToItsOwner(int root, TreePath path) throws FileException {
        byte[] name = path.isTop() ? roots.get(root).target().name() : path.name();
        try (Directory parent = openTarget(root, path.isTop() ? null : path.parent())) {
            return Credentials.owns(Entry.of(parent.describe(name)));
        } catch (FileException e) {
            if (e.errno() == Errno.EACCES.number() && !path.isTop()) {
                return isClosedToItsOwner(root, path.parent());
            }
            throw e;
        }
    }

    /**
     * Whether a directory of a source tree is the top of that tree's own target. Rank 0 has checked before the start;
     * --files-from, or a later mount, can lead there all the same.
     */
    public boolean isTargetTop(int root, Entry directory) throws FileException {
        Entry top = targetTop(root);
        return top != null && top.isSame(directory);
    }

    /** The top of a root's target; null if there is none yet, as in a dry run. */
    private @Nullable Entry targetTop(int root) throws FileException {
        Entry top = targetTops.get(root);
        if (top == null) {
            try (Directory parent = openTarget(root, null)) {
                top = Entry.of(parent.describe(roots.get(root).target().name()));
            } catch (FileException e) {
                if (e.errno() == Errno.ENOENT.number()) {
                    return null;
                }
                throw e;
            }
            targetTops.put(root, top);
        }
        return top;
    }

    /**
     * Whether an entry of a target tree is a mount point: of another file system, or, as far as the kernel tells, of a
     * part of the same one, or of a file. Device numbers are compared for directories only, as files of one overlay may
     * have several.
     */
    public boolean isMountedInTarget(int root, TreePath path, Entry entry) throws FileException {
        Entry top = targetTop(root);
        return (entry.isDirectory() && top != null && top.device() != entry.device())
                || targetMounts(root).contains(path);
    }

    /** Whether something is mounted on an entry of a target tree, as far as the kernel tells; it cannot be deleted. */
    public boolean isMountPointInTarget(int root, TreePath path) throws FileException {
        return targetMounts(root).contains(path);
    }

    private Set<TreePath> targetMounts(int root) throws FileException {
        Set<TreePath> points = targetMounts.get(root);
        if (points == null) {
            try (Directory top = openTarget(root, TreePath.TOP)) {
                points = MountTable.read().pointsBelow(top.realPath());
            } catch (FileException e) {
                throw e;
            } catch (IOException e) {
                points = Set.of(); // Unknown; another file system is recognised all the same.
            }
            targetMounts.put(root, points);
        }
        return points;
    }

    /**
     * Whether a source tree and the directory that holds its target are on Lustre. Only the tops are examined, once,
     * not mounts within them.
     */
    public boolean haveLayouts(int root) throws FileException {
        synchronized (layouts) {
            Boolean known = layouts.get(root);
            if (known == null) {
                try (Directory source = openSource(root, TreePath.TOP);
                        Directory target = openTarget(root, null)) {
                    known = source.isLustre() && target.isLustre();
                }
                layouts.put(root, known);
            }
            return known;
        }
    }

    /**
     * Whether a tree or its parent directory is on Lustre; of many roots only those that are kept open are examined.
     */
    boolean areOnLustre() {
        for (Directory base : kept.values()) {
            if (base.isLustre()) {
                return true;
            }
        }
        if (!Entry.of(roots.get(0).record()).isDirectory()) {
            return false;
        }
        try (Directory top = openSource(0, TreePath.TOP)) {
            return top.isLustre();
        } catch (FileException e) {
            return false; // the copy will report it
        }
    }

    @Override
    public LeftRuns leftIn(int root, String state) throws FileException {
        try (Directory top = openSource(root, TreePath.TOP)) {
            return LeftRuns.in(top, state, Entry.of(roots.get(root).record()));
        }
    }

    @Override
    public Fault judged(Fault fault, int root, TreePath path, byte @Nullable [] record) {
        return presence.judged(fault, root, path, record);
    }

    public Presence presence() {
        return presence;
    }

    @Override
    public void close() {
        for (Directory directory : kept.values()) {
            directory.close();
        }
    }

    private Directory open(boolean isTarget, int root, @Nullable TreePath path, boolean toList) throws FileException {
        if (isTarget && !haveTargets) {
            throw new IllegalStateException("a run that only reads has no target");
        }
        Place place = isTarget ? roots.get(root).target() : roots.get(root).source();
        return path == null || open == null
                ? openBelow(place, path)
                : open.open(isTarget, root, path, toList, wanted -> openBelow(place, wanted));
    }

    private Directory openBelow(Place place, @Nullable TreePath path) throws FileException {
        TreePath below = path == null ? TreePath.TOP : path.below(place.name());
        Directory keptBase = kept.get(new TreePath(place.base()));
        if (keptBase != null) {
            return keptBase.beneath(below);
        }
        try (Directory base = Directory.open(place.base())) {
            return base.beneath(below);
        }
    }

    /** Opens a base directory, to check that this works, and keeps it if there is room. */
    private void reach(Place place) throws UnreachableException {
        try {
            Directory base = Directory.open(place.base());
            if (kept.size() < KEPT_MAX) {
                kept.put(new TreePath(place.base()), base);
            } else {
                base.close();
            }
        } catch (FileException e) {
            throw new UnreachableException(Fault.of(place.base(), e));
        }
    }

    /** A root cannot be opened at this rank, though rank 0 could open it. */
    public static final class UnreachableException extends Exception {

        private static final long serialVersionUID = 1;

        UnreachableException(Fault fault) {
            super(fault.toString());
        }
    }
}

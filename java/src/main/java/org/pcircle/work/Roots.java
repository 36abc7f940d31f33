package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.plan.Root;
import org.pcircle.report.Fault;

/**
 * The roots of a run, opened at this rank: everything below them is reached through their descriptors. Shared by all
 * workers.
 */
public final class Roots implements AutoCloseable {

    private final List<Root> roots;
    private final List<Directory> sources = new ArrayList<>();
    private final List<Directory> targets = new ArrayList<>();

    private Roots(List<Root> roots) {
        this.roots = roots;
    }

    /** Opens all roots. */
    public static Roots open(List<Root> roots) throws UnreachableException {
        Roots opened = new Roots(roots);
        try {
            for (Root root : roots) {
                opened.sources.add(open(root.source()));
                opened.targets.add(open(root.target()));
            }
            return opened;
        } catch (UnreachableException e) {
            opened.close();
            throw e;
        }
    }

    Root root(int index) {
        return roots.get(index);
    }

    /** Opens a directory of a source tree; null for the one that holds the tree's top. */
    Directory openSource(int root, @Nullable TreePath path) throws FileException {
        return sources.get(root).beneath(below(path, roots.get(root).source()));
    }

    /** Opens a directory of a target tree; null for the one that holds the tree's top. */
    Directory openTarget(int root, @Nullable TreePath path) throws FileException {
        return targets.get(root).beneath(below(path, roots.get(root).target()));
    }

    /** The source path of an entry, as the user would write it. */
    byte[] showSource(int root, TreePath path) {
        return roots.get(root).source().show(path);
    }

    /** The target path of an entry, as the user would write it. */
    byte[] showTarget(int root, TreePath path) {
        return roots.get(root).target().show(path);
    }

    /** The fault of an entry whose name is the same in both trees, at the path where it happened. */
    Fault fault(int root, TreePath path, FileException e) {
        return Fault.of(e.operation().onTarget() ? showTarget(root, path) : showSource(root, path), e);
    }

    @Override
    public void close() {
        sources.forEach(Directory::close);
        targets.forEach(Directory::close);
    }

    private static TreePath below(@Nullable TreePath path, Place place) {
        return path == null ? TreePath.TOP : path.below(place.name());
    }

    private static Directory open(Place place) throws UnreachableException {
        try {
            return Directory.open(place.base());
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

package org.pcircle.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Stat;
import org.pcircle.fs.TreePath;

/**
 * Turns the paths of the command line into roots: the target of each source, and which combinations are refused.
 *
 * <p>One directory becomes DEST, which must be missing. One other entry becomes DEST, which must be missing, or lands
 * in DEST under its own name if that is a directory. Several sources land in DEST, which must be a directory. An
 * existing target is an error unless it may be merged with or replaced. No destination may be inside its source. With
 * {@link Destination#isCopy} the one source becomes DEST whatever it is.
 */
public final class PathRules {

    private PathRules() {}

    /**
     * The roots.
     *
     * @param existing whether directories may be merged with existing ones, and files replace existing ones
     * @param delete which extraneous entries of the targets may be deleted
     * @param reach how far the copy goes in the sources
     */
    public static List<Root> roots(
            List<byte[]> sources, Destination dest, ExistingPolicy existing, DeletePolicy delete, WalkExtent reach)
            throws UsageException {
        byte[] destination = dest.path();
        if (destination.length == 0) {
            throw new UsageException("DEST is an empty path");
        }
        Entry present = existingDestination(destination);
        boolean intoDirectory = present != null && present.isDirectory();
        if (sources.size() > 1 && !intoDirectory) {
            throw new UsageException(shown(destination) + ": with several sources DEST must be an existing directory");
        }
        List<Root> roots = new ArrayList<>();
        Set<TreePath> names = new HashSet<>();
        Nesting nesting = new Nesting();
        MountedBelow mounted = new MountedBelow();
        for (byte[] source : sources) {
            Place from = sourcePlace(source);
            Entry entry = Entry.of(describeSource(source, from));
            Place to = targetPlace(source, entry, dest, present, sources.size() > 1, existing);
            if (!names.add(new TreePath(to.name()))) {
                throw new UsageException(shown(source) + ": two sources are called " + shown(to.name()));
            }
            List<Mounted> mounts = mounted.of(from, entry);
            TreePath prefix = sources.size() == 1 ? TreePath.TOP : new TreePath(to.name());
            if (entry.isDirectory()) {
                for (TreePath inside : placesInSource(nesting, from, to, mounts)) {
                    if (reach.enters(from, entry, prefix, inside)) {
                        throw new UsageException(
                                shown(to.show(TreePath.TOP)) + ": DEST is inside SOURCE " + shown(source) + ", as "
                                        + shown(from.show(inside)) + ": it would be copied into itself");
                    }
                }
            }
            refuseExisting(to, entry, existing);
            if (delete.deletes() && entry.isDirectory()) {
                refuseSourceInside(nesting, source, from, to);
            }
            if (delete == DeletePolicy.OF_MIRROR && entry.isDirectory() && isDirectory(to)) {
                new MirrorGuard(reach.selection()).check(from, to, prefix);
            }
            roots.add(new Root(from, to, entry.copy(), LeftRuns.in(from, entry), mounts));
        }
        return List.copyOf(roots);
    }

    /**
     * The destination of a single source that is to go into a directory.
     *
     * @throws UsageException if the source has no name of its own
     */
    public static Destination in(byte[] directory, byte[] source) throws UsageException {
        return new Destination(TreePath.join(directory, ownName(source)), true);
    }

    /** The roots of trees that are only read. With several roots, each has its own name in the signature. */
    public static List<Root> roots(List<byte[]> paths) throws UsageException {
        List<Root> roots = new ArrayList<>();
        Set<TreePath> names = new HashSet<>();
        MountedBelow mounted = new MountedBelow();
        for (byte[] path : paths) {
            Place place = sourcePlace(path);
            byte[] record = describeSource(path, place);
            byte[] name = paths.size() == 1 ? place.name() : ownName(path);
            if (!names.add(new TreePath(name))) {
                throw new UsageException(shown(path) + ": two paths end in " + shown(name));
            }
            Entry entry = Entry.of(record);
            Place named = new Place(place.base(), name);
            roots.add(new Root(place, named, record, LeftRuns.in(place, entry), mounted.of(place, entry)));
        }
        return List.copyOf(roots);
    }

    /** The destination of a run that is discarded; it may be a directory, another entry, or missing. */
    public static Root discarded(byte[] destination) throws UsageException {
        Entry entry = describe(destination, true);
        if (entry != null && entry.isDirectory()) {
            Place itself = Place.inItself(destination);
            return new Root(itself, itself, entry.copy());
        }
        Place place = Place.of(destination);
        return new Root(place, place, new byte[Entry.HEADER_BYTES]);
    }

    private static @Nullable Entry existingDestination(byte[] destination) throws UsageException {
        Entry existing = describe(destination, true);
        if (existing == null) {
            if (describe(Place.withoutTrailingSlashes(destination), false) != null) {
                throw new UsageException(shown(destination) + ": DEST is a symbolic link that leads nowhere");
            }
            return null;
        }
        if (!existing.isDirectory() && existing.type() != Entry.REGULAR) {
            throw new UsageException(shown(destination) + ": DEST is neither a directory nor a regular file");
        }
        return existing;
    }

    /** A link to a directory is followed when there is a slash behind it, as cp does. */
    private static Place sourcePlace(byte[] source) throws UsageException {
        if (source.length == 0) {
            throw new UsageException("an empty path names nothing");
        }
        byte[] plain = Place.withoutTrailingSlashes(source);
        if (plain.length < source.length) {
            Entry itself = describe(plain, false);
            if (itself != null && itself.type() == Entry.SYMLINK) {
                return Place.inItself(source);
            }
        }
        return Place.of(source);
    }

    private static byte[] describeSource(byte[] source, Place place) throws UsageException {
        try (Directory base = Directory.open(place.base())) {
            byte[] record = base.describe(place.name());
            if (source[source.length - 1] == '/' && !Entry.of(record).isDirectory()) {
                throw new FileException(Operation.STAT, Errno.ENOTDIR.number());
            }
            return record;
        } catch (FileException e) {
            throw new UsageException(shown(source) + ": " + Errno.message(e.errno()));
        }
    }

    private static Place targetPlace(
            byte[] source,
            Entry entry,
            Destination dest,
            @Nullable Entry present,
            boolean several,
            ExistingPolicy existing)
            throws UsageException {
        byte[] destination = dest.path();
        if (dest.isCopy() && present != null && present.isDirectory() && !entry.isDirectory()) {
            throw new UsageException(
                    shown(destination) + ": is a directory, and cannot become the copy of " + shown(source));
        }
        boolean intoDirectory = present != null && present.isDirectory() && (several || !entry.isDirectory());
        if (intoDirectory) {
            return new Place(destination, ownName(source));
        }
        if (present != null && entry.isDirectory()) {
            Place merged = Place.inItself(destination);
            if (present.isSame(entry)) {
                throw new UsageException(shown(destination) + ": DEST is SOURCE itself");
            }
            if (!present.isDirectory()) {
                throw new UsageException(shown(destination) + ": a directory cannot take the place of a file");
            }
            if (existing == ExistingPolicy.REFUSE) {
                throw new UsageException(
                        shown(destination) + ": DEST exists; with --force or --update the trees are merged");
            }
            return merged;
        }
        if (!entry.isDirectory() && destination[destination.length - 1] == '/') {
            throw new UsageException(shown(destination) + ": DEST is not a directory");
        }
        Place place = Place.of(destination);
        Entry parent = describe(place.base(), true);
        if (parent == null || !parent.isDirectory()) {
            throw new UsageException(shown(place.base()) + ": the directory that is to hold DEST does not exist");
        }
        return place;
    }

    private static byte[] ownName(byte[] source) throws UsageException {
        Place place = Place.of(source);
        if (place.isInItself()) {
            throw new UsageException(shown(source) + ": has no name of its own, to stand beside others");
        }
        return place.name();
    }

    /**
     * The paths in a source tree at which its own target is or will be, or a part of the target into which that path
     * would be copied.
     */
    private static List<TreePath> placesInSource(Nesting nesting, Place source, Place target, List<Mounted> mounts) {
        List<TreePath> places = new ArrayList<>();
        for (TreePath holder : nesting.pathsIn(source.show(TreePath.TOP), target.base())) {
            places.add(target.isInItself() ? holder : holder.child(target.name()));
        }
        for (Mounted mount : mounts) {
            if (Nesting.isCopiedIntoItself(source, target, mount.path())) {
                places.add(mount.path());
            }
        }
        return places;
    }

    /** A link to a directory is one where the user has named it as DEST; a link in DEST is replaced. */
    private static boolean isDirectory(Place target) throws UsageException {
        Entry top = describe(target.show(TreePath.TOP), target.isInItself());
        return top != null && top.isDirectory();
    }

    /** Fails if a source is inside its target. */
    private static void refuseSourceInside(Nesting nesting, byte[] source, Place from, Place target)
            throws UsageException {
        if (!isDirectory(target)) {
            return;
        }
        for (TreePath inside : nesting.pathsIn(target.show(TreePath.TOP), from.show(TreePath.TOP))) {
            if (!inside.isTop()) {
                throw new UsageException(shown(source) + ": SOURCE is inside DEST, and --delete would take it away");
            }
        }
    }

    /** Fails if the run's own files would be in a source, where they would be copied or signed. */
    public static void refuseOwnFilesInside(List<Root> roots, byte[] directory) throws UsageException {
        Nesting nesting = new Nesting();
        for (Root root : roots) {
            byte[] source = root.source().show(TreePath.TOP);
            if (Entry.of(root.record()).isDirectory()
                    && !nesting.pathsIn(source, directory).isEmpty()) {
                throw new UsageException("--checkpoint-dir=" + shown(directory) + ": is inside " + shown(source)
                        + ", or is it, and would be taken along");
            }
        }
    }

    private static void refuseExisting(Place target, Entry entry, ExistingPolicy existing) throws UsageException {
        Entry present = describe(target.show(TreePath.TOP), false);
        if (present == null) {
            return;
        }
        String shown = shown(target.show(TreePath.TOP));
        if (existing == ExistingPolicy.REFUSE) {
            throw new UsageException(shown + ": exists; --force replaces it, --update if it is out of date");
        }
        if (present.isSame(entry)) {
            throw new UsageException(shown + ": is SOURCE itself");
        }
    }

    /** The entry at a path, or null if there is none. */
    private static @Nullable Entry describe(byte[] path, boolean follow) throws UsageException {
        try {
            return Entry.of(Stat.at(path, follow));
        } catch (FileException e) {
            if (e.errno() == Errno.ENOENT.number()) {
                return null;
            }
            throw new UsageException(shown(path) + ": " + Errno.message(e.errno()));
        }
    }

    private static String shown(byte[] path) {
        return PathText.shown(Arrays.copyOf(path, path.length));
    }
}

package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Existing;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;

/**
 * What items do in a dry run: each looks at what it would have done something to, says what that would have been, counts it as
 * done, and spawns what it would have. So a dry run goes through the rounds of a run, and nothing is touched.
 */
final class DryRun {

    private DryRun() {}

    /** Says whether a directory would be made, or what would be set of one that is there; whether it could be filled then. */
    static boolean enter(WalkDirectory walk, boolean isListedNext, Workbench bench, Result result) {
        Roots roots = bench.roots();
        byte[] shown = roots.showTarget(walk.root(), walk.path());
        boolean isThere;
        try {
            isThere = isThere(walk, bench);
        } catch (FileException e) {
            result.fault(
                    new Fault(shown, e.operation() == Operation.TAKEN ? Operation.TAKEN : Operation.MKDIR, e.errno()));
            return false;
        }
        result.count(Counter.DIRECTORIES, 1);
        Intentions intentions = Intentions.anywhere(result);
        int kinds = changes(walk, isThere, isListedNext, bench, result);
        if (isThere) {
            intentions.change(kinds, shown);
        } else {
            intentions.make(Entry.of(walk.record()), shown);
        }
        intentions.end();
        return true;
    }

    private static boolean isThere(WalkDirectory walk, Workbench bench) throws FileException {
        TreePath path = walk.path();
        Place place = bench.roots().root(walk.root()).target();
        if (path.isTop() && place.isInItself()) {
            return true;
        }
        byte[] name = path.isTop() ? place.name() : path.name();
        try (Directory parent = bench.roots().openTargetIfThere(walk.root(), path.isTop() ? null : path.parent())) {
            Entry present = parent == null ? null : parent.describeIfThere(name);
            if (parent == null) {
                return false;
            } else if (present == null) {
                parent.checkRoom(Operation.MKDIR);
                return false;
            } else if (bench.plan().existing() == Existing.REFUSE) {
                throw new FileException(Operation.MKDIR, Errno.EEXIST.number());
            }
            walk.refuseTaken(parent, name, bench);
            if (!present.isDirectory()) {
                parent.checkRemoval(Operation.MKDIR, name);
                return false;
            }
            return true;
        }
    }

    /**
     * As {@link DirectoryMetadata#finish} would find them, also where the source cannot be read.
     *
     * @return the kinds that would be set of a directory that is there, as bits
     */
    private static int changes(
            WalkDirectory walk, boolean isThere, boolean isListedNext, Workbench bench, Result result) {
        DirectoryMetadata metadata = new DirectoryMetadata(walk.root(), walk.path(), walk.record());
        try (Directory source = metadata.openSource(bench)) {
            return changes(metadata, isThere, source, bench, result);
        } catch (FileException e) {
            if (!isListedNext) {
                result.fault(Fault.of(bench.roots().showSource(walk.root(), walk.path()), e));
            }
            return changes(metadata, isThere, null, bench, result);
        }
    }

    private static int changes(
            DirectoryMetadata metadata, boolean isThere, @Nullable Directory source, Workbench bench, Result result) {
        Roots roots = bench.roots();
        try (Directory target = isThere ? roots.openTargetIfThere(metadata.root(), metadata.path()) : null) {
            ByteBuffer record = bench.direct(metadata.record());
            int kinds = Directory.differenceBetween(source, target, record, bench.context());
            result.faultIfMissed(metadata.root(), metadata.path(), bench);
            return kinds;
        } catch (FileException e) {
            result.fault(roots.fault(metadata.root(), metadata.path(), metadata.record(), e));
            return 0;
        }
    }

    /** Says which names would become links of the first. */
    static void link(LinkedName first, List<LinkedName> others, Workbench bench, Result result) {
        First found;
        try {
            found = look(first, bench);
        } catch (FileException e) {
            for (LinkedName other : others) {
                MakeLinks.copyInstead(other, e, bench, result);
            }
            return;
        }
        Intentions intentions = Intentions.anywhere(result);
        for (LinkedName other : others) {
            if (found.isBlocked()) {
                result.tell(0, new NameBlocked(other, first, true));
            } else {
                link(first, found.present(), other, intentions, bench, result);
            }
        }
        intentions.end();
    }

    private static void link(
            LinkedName first,
            @Nullable Entry linked,
            LinkedName other,
            Intentions intentions,
            Workbench bench,
            Result result) {
        byte[] shown = bench.roots().showTarget(other.root(), other.path());
        try {
            boolean isNew = isNewLink(other, linked, bench);
            result.count(isNew ? Counter.HARD_LINKS : Counter.UP_TO_DATE, 1);
            if (isNew) {
                intentions.link(shown, bench.roots().showTarget(first.root(), first.path()));
            }
        } catch (FileException e) {
            if (MakeLinks.isForWantOfLinks(e)) {
                MakeLinks.copyInstead(other, e, bench, result);
            } else if (bench.plan().delete() && e.errno() == Errno.EISDIR.number()) {
                result.tell(0, new NameBlocked(other, first, false));
            } else {
                result.fault(Fault.of(shown, e));
            }
        }
    }

    /**
     * What other names would be linked to.
     *
     * @param present what is there, if it would be left alone or could not be replaced; null if a new entry would take its place
     * @param isBlocked whether a directory is in the way of that, which may be taken away before
     */
    private record First(@Nullable Entry present, boolean isBlocked) {}

    private static First look(LinkedName first, Workbench bench) throws FileException {
        byte[] name = first.targetName(bench.roots().root(first.root()));
        try (Directory source = bench.roots().openSource(first.root(), first.directory());
                Directory target = bench.roots().openTargetIfThere(first.root(), first.directory())) {
            ByteBuffer direct = bench.direct(first.record());
            source.lookAt(target, direct, first.record().length, name, bench.context(), bench.io());
            bench.context().forgetLost(); // It was counted when this name was copied.
            boolean isMade = (bench.io().get(0) & Directory.MADE) != 0;
            Entry looked = new Entry();
            looked.wrap(direct, 0);
            boolean isBlocked = looked.operation() == Operation.CREATE && looked.error() == Errno.EISDIR.number();
            if (isMade || (isBlocked && bench.plan().delete())) {
                return new First(null, isBlocked);
            }
            Entry present = target == null ? null : target.describeIfThere(name);
            if (present == null) {
                throw new FileException(Operation.LINK, Errno.ENOENT.number());
            } else if (present.isDirectory()) {
                throw new FileException(Operation.LINK, Errno.EPERM.number());
            }
            return new First(present, false);
        }
    }

    private static boolean isNewLink(LinkedName other, @Nullable Entry linked, Workbench bench) throws FileException {
        byte[] name = other.targetName(bench.roots().root(other.root()));
        try (Directory target = bench.roots().openTargetIfThere(other.root(), other.directory())) {
            Entry present = target == null ? null : target.describeIfThere(name);
            if (target == null) {
                return true;
            } else if (present == null) {
                target.checkRoom(Operation.LINK);
                return true;
            } else if (bench.plan().existing() == Existing.REFUSE) {
                throw new FileException(Operation.LINK, Errno.EEXIST.number());
            }
            TakenNames.refuse(other, target, bench);
            if (linked != null && linked.isSame(present)) {
                return false;
            } else if (present.isDirectory()) {
                throw new FileException(Operation.LINK, Errno.EISDIR.number());
            }
            target.checkRemoval(Operation.LINK, name);
            return true;
        }
    }
}

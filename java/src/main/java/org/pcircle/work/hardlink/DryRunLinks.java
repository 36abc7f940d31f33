package org.pcircle.work.hardlink;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Changes;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.fs.Outcome;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LostLink;
import org.pcircle.work.NameBlocked;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * The other names of a hard-linked entry in a dry run: looks at the target, prints what would be done, and counts it as
 * done. Nothing is touched.
 */
final class DryRunLinks {

    private DryRunLinks() {}

    /** Prints which names would be linked to the first. */
    static void link(HardLinkName first, List<HardLinkName> others, WorkerContext worker, ItemResult result) {
        First found;
        try {
            found = look(first, worker);
        } catch (FileException e) {
            for (HardLinkName other : others) {
                LostLink.copyInstead(other, e, worker, result);
            }
            return;
        }
        ChangeLines lines = ChangeLines.in(first.root(), first.directory(), worker, result);
        for (HardLinkName other : others) {
            if (found.isBlocked()) {
                result.tell(0, new NameBlocked(other, first, true));
            } else {
                link(first, found.present(), other, lines, worker, result);
            }
        }
        if (lines != null) {
            lines.end();
        }
    }

    private static void link(
            HardLinkName first,
            @Nullable Entry linked,
            HardLinkName other,
            @Nullable ChangeLines lines,
            WorkerContext worker,
            ItemResult result) {
        byte[] shown = worker.roots().showTarget(other.root(), other.path());
        try {
            boolean isNew = isNewLink(other, linked, worker);
            result.count(isNew ? Counter.HARD_LINKS : Counter.UP_TO_DATE, 1);
            if (isNew && lines != null) {
                lines.link(other, first, changes(other, worker));
            }
        } catch (FileException e) {
            if (LostLink.isForWantOfLinks(e)) {
                LostLink.copyInstead(other, e, worker, result);
            } else if (worker.plan().copy().delete() && e.errno() == Errno.EISDIR.number()) {
                result.tell(0, new NameBlocked(other, first, false));
            } else {
                result.fault(Fault.of(shown, e));
            }
        }
    }

    private static int changes(HardLinkName other, WorkerContext worker) throws FileException {
        try (Directory target = worker.roots().openTargetIfThere(other.root(), other.directory())) {
            return target == null ? Changes.MADE : LinkChanges.of(other, target, worker);
        }
    }

    /**
     * The entry that other names would be linked to.
     *
     * @param present the existing entry, if it would be left alone or could not be replaced; null if a new entry would
     *     replace it
     * @param isBlocked whether a directory has its name, which may be deleted before
     */
    private record First(@Nullable Entry present, boolean isBlocked) {}

    private static First look(HardLinkName first, WorkerContext worker) throws FileException {
        byte[] name = first.targetName(worker.roots().root(first.root()));
        try (Directory source = worker.roots().openSource(first.root(), first.directory());
                Directory target = worker.roots().openTargetIfThere(first.root(), first.directory())) {
            ByteBuffer direct = worker.direct(first.record());
            ByteBuffer changes = worker.requiredChanges();
            source.lookAt(target, direct, first.record().length, name, worker.context(), changes);
            worker.context().forgetNotPreserved(); // It was counted when this name was copied.
            boolean isMade = (Changes.at(0, changes) & Changes.MADE) != 0;
            Entry looked = new Entry();
            looked.wrap(direct, 0);
            boolean isBlocked = looked.outcome() == Outcome.FAILED
                    && looked.operation() == Operation.CREATE
                    && looked.error() == Errno.EISDIR.number();
            if (isMade || (isBlocked && worker.plan().copy().delete())) {
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

    private static boolean isNewLink(HardLinkName other, @Nullable Entry linked, WorkerContext worker)
            throws FileException {
        byte[] name = other.targetName(worker.roots().root(other.root()));
        try (Directory target = worker.roots().openTargetIfThere(other.root(), other.directory())) {
            Entry present = target == null ? null : target.describeIfThere(name);
            if (target == null) {
                return true;
            } else if (present == null) {
                target.checkRoom(Operation.LINK);
                return true;
            } else if (worker.plan().existing() == ExistingPolicy.REFUSE) {
                throw new FileException(Operation.LINK, Errno.EEXIST.number());
            }
            TakenNames.refuse(other.ref(), target, worker);
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

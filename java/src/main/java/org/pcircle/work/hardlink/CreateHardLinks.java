package org.pcircle.work.hardlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.ItemResult;
import org.pcircle.work.KeptEntry;
import org.pcircle.work.LostLink;
import org.pcircle.work.Roots;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/**
 * Creates the other names of an entry that has been copied. Where the destination has no hard links, or the first name
 * could not be copied, each name becomes an entry of its own.
 *
 * @param first the name under which it was copied
 */
public record CreateHardLinks(HardLinkName first, List<HardLinkName> others) implements WorkItem {

    static final int NAMES_MAX = 128;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        if (worker.plan().task().dryRun()) {
            DryRunLinks.link(first, others, worker, result);
            return;
        }
        Roots roots = worker.roots();
        ChangeLines lines = ChangeLines.in(first.root(), first.directory(), worker, result);
        try (Directory from = roots.openTarget(first.root(), first.directory())) {
            TakenNames.refuse(first.ref(), from, worker);
            for (int i = 0; i < others.size(); i++) {
                if (worker.context().isStopped()) {
                    result.spawned.add(new CreateHardLinks(first, others.subList(i, others.size())));
                    break;
                }
                link(from, others.get(i), lines, worker, result);
            }
        } catch (FileException e) {
            // The directory of the first name could not be created, or another entry has the name: nothing to link to.
            for (HardLinkName other : others) {
                LostLink.copyInstead(other, e, worker, result);
            }
        }
        if (lines != null) {
            lines.end();
        }
    }

    private void link(
            Directory from, HardLinkName other, @Nullable ChangeLines lines, WorkerContext worker, ItemResult result) {
        byte[] firstName = first.targetName(worker.roots().root(first.root()));
        byte[] name = other.targetName(worker.roots().root(other.root()));
        try (Directory to = worker.roots().openTarget(other.root(), other.directory())) {
            if (SkipKeptNames.keeps(other, to, worker)) { // It has been written since its name was found.
                KeptEntry.take(other.ref(), to, worker, result);
                return;
            }
            int changes = lines == null ? 0 : LinkChanges.of(other, to, worker);
            boolean isNew = link(from, firstName, other, to, worker);
            result.count(isNew ? Counter.HARD_LINKS : Counter.UP_TO_DATE, 1);
            if (isNew && lines != null) {
                lines.link(other, first, changes);
            }
            if (worker.digester() != null) {
                worker.digester().addExisting(other.ref(), to, name, worker, result);
            }
        } catch (FileException e) {
            if (LostLink.isForWantOfLinks(e)) {
                LostLink.copyInstead(other, e, worker, result);
            } else if (e.isDestinationFull()) {
                result.full(Fault.of(worker.roots().showTarget(other.root(), other.path()), e));
                result.spawned.add(new CreateHardLinks(first, List.of(other)));
            } else {
                result.fault(Fault.of(worker.roots().showTarget(other.root(), other.path()), e));
            }
        }
    }

    /** Creates one link. An existing entry is not replaced before it is known not to belong to another source entry. */
    private static boolean link(
            Directory from, byte[] firstName, HardLinkName other, Directory to, WorkerContext worker)
            throws FileException {
        byte[] name = other.targetName(worker.roots().root(other.root()));
        try {
            return from.link(firstName, to, name, false, worker.context());
        } catch (FileException e) {
            if (e.operation() != Operation.TAKEN) {
                throw e;
            }
        }
        TakenNames.refuse(other.ref(), to, worker);
        return from.link(firstName, to, name, true, worker.context());
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return others.size();
    }

    @Override
    public int encodedBytes() {
        int bytes = 1 + first.encodedBytes() + Integer.BYTES;
        for (HardLinkName other : others) {
            bytes += other.encodedBytes();
        }
        return bytes;
    }

    @Override
    public void write(ByteBuffer target) {
        first.write(target);
        writeAll(others, target);
    }

    public static CreateHardLinks read(ByteBuffer source) {
        return new CreateHardLinks(HardLinkName.read(source), readAll(source));
    }

    public static void writeAll(List<HardLinkName> names, ByteBuffer target) {
        target.putInt(names.size());
        for (HardLinkName name : names) {
            name.write(target);
        }
    }

    public static List<HardLinkName> readAll(ByteBuffer source) {
        int count = Wire.readCount(source, 2 * Long.BYTES);
        List<HardLinkName> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(HardLinkName.read(source));
        }
        return names;
    }
}

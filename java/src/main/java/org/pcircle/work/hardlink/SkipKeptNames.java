package org.pcircle.work.hardlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.report.Counter;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.ItemResult;
import org.pcircle.work.KeptEntry;
import org.pcircle.work.Pieces;
import org.pcircle.work.TakenNames;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/**
 * Names of hard-linked entries that have been found, where existing targets may be kept: sends those to their owners
 * whose targets are not. So a name that is kept is neither replaced, nor the one that others are linked to.
 */
public record SkipKeptNames(List<HardLinkName> names) implements WorkItem {

    /** Items for any number of names. */
    public static List<Item> of(List<HardLinkName> names) {
        List<Item> items = new ArrayList<>();
        for (List<HardLinkName> piece : Pieces.of(names, HardLinkName::encodedBytes)) {
            items.add(new SkipKeptNames(piece));
        }
        return items;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        List<HardLinkName> others = new ArrayList<>();
        for (HardLinkName name : names) {
            try (Directory target = worker.roots().openTargetIfThere(name.root(), name.directory())) {
                if (target != null && keeps(name, target, worker)) {
                    KeptEntry.take(name.ref(), target, worker, result);
                    result.count(Counter.SCANS_ENDED, 1);
                } else {
                    others.add(name);
                }
            } catch (FileException e) {
                others.add(name); // Whoever copies or links it will meet the error, and report it.
            }
        }
        result.notices.addAll(HardLinkNames.toOwners(others, worker.ranks()));
    }

    /** Whether the target of a name is kept; fails if it belongs to another entry of the source. */
    static boolean keeps(HardLinkName name, Directory target, WorkerContext worker) throws FileException {
        if (!worker.plan().existing().mayKeep()) {
            return false;
        }
        ByteBuffer record = worker.direct(name.record());
        byte[] targetName = name.targetName(worker.roots().root(name.root()));
        boolean keeps = target.keeps(record, targetName, worker.plan().task().dryRun(), worker.context());
        if (keeps) {
            TakenNames.refuse(name.ref(), target, worker);
        }
        return keeps;
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return names.size();
    }

    @Override
    public int encodedBytes() {
        int bytes = 1 + Integer.BYTES;
        for (HardLinkName name : names) {
            bytes += name.encodedBytes();
        }
        return bytes;
    }

    @Override
    public void write(ByteBuffer target) {
        CreateHardLinks.writeAll(names, target);
    }

    public static SkipKeptNames read(ByteBuffer source) {
        return new SkipKeptNames(CreateHardLinks.readAll(source));
    }
}

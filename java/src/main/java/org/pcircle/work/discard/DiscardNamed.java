package org.pcircle.work.discard;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TemporaryName;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Place;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.change.ChangeLines;

/** Deletes the temporary file of a stopped run whose target was one file; its name follows from the target's. */
public record DiscardNamed() implements LocalItem {

    private static final int ROOT = 0;

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        Place target = worker.roots().root(ROOT).target();
        byte[] name = TemporaryName.of(worker.plan().temporaryPrefix(), target.name());
        byte[] again = (new String(name, US_ASCII) + TemporaryName.AGAIN).getBytes(US_ASCII);
        for (byte[] growing : new byte[][] {name, again}) {
            byte[] shown = new Place(target.base(), growing).show(TreePath.TOP);
            try (Directory directory = worker.roots().openTarget(ROOT, null)) {
                Entry entry = Entry.of(directory.describe(growing));
                if (!DiscardListed.isGrowing(entry, worker.plan().id())) {
                    continue;
                }
                if (!worker.plan().task().dryRun()) {
                    directory.unlink(growing);
                }
                ChangeLines.tellDeletion(shown, worker, result);
                result.count(Counter.DELETED, 1);
                result.count(Counter.DELETED_BYTES, entry.dataBytes());
            } catch (FileException e) {
                if (e.errno() != Errno.ENOENT.number()) {
                    result.fault(Fault.of(shown, e));
                }
            }
        }
    }
}

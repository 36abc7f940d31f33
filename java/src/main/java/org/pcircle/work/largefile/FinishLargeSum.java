package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.digest.FileSum;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.LocalItem;
import org.pcircle.work.WorkerContext;

/**
 * Adds a large file that is only read to the signature when all its ranges are done, if it has not changed since it was
 * listed. The file's owner runs this itself.
 *
 * @param failed whether a range of it failed
 * @param sum of all its leaves; null if they failed
 */
record FinishLargeSum(
        LargeFile file, boolean failed, @Nullable FileSum sum) implements LocalItem {

    /** Not saved: it follows from the state of its file. */
    @Override
    public List<Item> saved() {
        return List.of();
    }

    /** The state of the file at its owner. */
    @Override
    public boolean freesMemory() {
        return true;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        result.tell(worker.rank(), new LargeFileClosed(file));
        if (failed || sum == null) {
            worker.requiredDigester().addUnread(file.root(), file.path(), result);
            return;
        }
        try (Directory source = worker.roots().openSource(file.root(), file.directory())) {
            Entry now = Entry.of(source.describe(file.name()));
            ByteBuffer record = worker.direct(file.record());
            boolean isUnchanged = now.isUnchangedSince(Entry.of(file.record()));
            boolean saysOtherwise = isUnchanged && source.measure(record, worker.context(), worker.io());
            if (saysOtherwise && !file.retried()) {
                byte[] measured = new byte[file.record().length];
                record.get(0, measured);
                result.spawned.add(CreateLargeFile.ofChanged(file, measured, worker));
            } else if (isUnchanged && !saysOtherwise) {
                result.count(Counter.FILES, 1);
                worker.requiredDigester().addFile(file.ref(), sum, result);
            } else {
                byte[] path = worker.roots().showSource(file.root(), file.path());
                result.fault(new Fault(path, Operation.COMPARE, 0));
                worker.requiredDigester().addUnread(file.root(), file.path(), result);
            }
        } catch (FileException e) {
            result.fault(worker.roots().fault(file.root(), file.path(), file.record(), e));
            worker.requiredDigester().addUnread(file.root(), file.path(), result);
        }
    }
}

package org.pcircle.work.batch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Outcome;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Small entries to be read for the signature.
 *
 * @param dataBytes bytes of file data in all of them
 */
public record SumBatch(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes)
        implements BatchItem {

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        result.timed = timed();
        ByteBuffer direct = worker.direct(records);
        try (Directory source = worker.roots().openSource(root, directory)) {
            for (int at = 0; at < records.length; ) {
                int done = source.readEntries(direct, at, records.length - at, worker.context(), worker.io());
                worker.requiredDigester().addEntries(root, this::pathOf, direct, at, at + done, worker.io(), result);
                at += done;
            }
        } catch (FileException e) {
            failAll(worker, worker.roots().showSource(root, orTop()), true, e, result);
            worker.requiredDigester().addUnread(root, orTop(), result);
            return;
        }
        result.count(Counter.BYTES, worker.context().takeBytes());
        takeOutcomes(worker, direct, result);
    }

    private void takeOutcomes(WorkerContext worker, ByteBuffer direct, ItemResult result) {
        Entry entry = new Entry();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        int backCount = 0;
        long backData = 0;
        for (int at = 0; at < records.length; at += entry.recordBytes()) {
            entry.wrap(direct, at);
            if (entry.outcome() == Outcome.DONE) {
                result.count(BatchItem.counterOf(entry.type()), 1);
            } else if (entry.outcome() == Outcome.NOT_DONE) {
                entry.clearOutcome();
                if (worker.plan().isLarge(entry.dataBytes())) { // its status does not say its length
                    result.spawned.add(worker.task().largeFile(root, directory, entry.copy(), true));
                    continue;
                }
                back.writeBytes(entry.copy());
                backCount++;
                backData += entry.dataBytes();
            } else {
                byte[] shown = worker.roots().showSource(root, pathOf(entry));
                Fault fault = new Fault(shown, entry.operation(), entry.error());
                result.fault(worker.roots().presence().judged(fault, root, pathOf(entry), entry.copy()));
                worker.requiredDigester().addUnread(root, pathOf(entry), result);
                result.count(Counter.PASSED_BYTES, entry.dataBytes());
            }
        }
        if (backCount > 0) {
            result.spawned.add(new SumBatch(root, directory, back.toByteArray(), backCount, backData));
        }
    }

    @Override
    public void write(ByteBuffer target) {
        writeFields(target);
    }
}

package org.pcircle.work.manifest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;
import org.pcircle.work.spool.SortedSpool;
import org.pcircle.work.spool.SpoolItem;

/**
 * At rank 0: sorts the records of all entries and passes them to their consumer, a step an item.
 *
 * @param sorted whether the records are sorted
 * @param position start of the next sorted block
 */
public record SortManifest(SortedSpool records, ManifestSink use, boolean sorted, long position) implements SpoolItem {

    /** From the start; the consumer has begun. */
    public SortManifest(SortedSpool records, ManifestSink use) {
        this(records, use, false, 0);
    }

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        if (!sorted) {
            boolean more = records.sortFurther(worker);
            result.spawned.add(new SortManifest(records, use, !more, 0));
        } else if (records.isEnd(position) || !use.isWanted()) {
            use.end();
        } else {
            ByteBuffer block = records.at(position, worker);
            List<ManifestRecord> read = new ArrayList<>();
            SpoolBlock.read(block, record -> read.add(ManifestRecord.read(record)));
            result.spawned.add(new SortManifest(records, use, true, position + block.limit()));
            read.forEach(use::take);
        }
    }
}

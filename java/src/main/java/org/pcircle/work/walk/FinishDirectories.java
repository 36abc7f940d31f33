package org.pcircle.work.walk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/** Sets the attributes, mode and times of directories, in the given order; everything below them is done. */
public record FinishDirectories(List<PendingDirectory> directories) implements WorkItem {

    static final int ENTRIES_MAX = 128;

    /** Items for the directories in a block of records. */
    static List<Item> batches(ByteBuffer block, Plan plan) throws SpoolBlock.DamagedException {
        List<Item> batches = new ArrayList<>();
        List<PendingDirectory> batch = new ArrayList<>();
        SpoolBlock.read(block, record -> {
            batch.add(PendingDirectory.read(record));
            if (batch.size() == ENTRIES_MAX) {
                batches.add(new FinishDirectories(List.copyOf(batch)));
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            batches.add(new FinishDirectories(batch));
        }
        return batches;
    }

    @Override
    public void run(WorkerContext worker, ItemResult result) {
        for (PendingDirectory directory : directories) {
            directory.finish(worker, result);
        }
    }

    @Override
    public long dataBytes() {
        return 0;
    }

    @Override
    public long entries() {
        return directories.size();
    }

    @Override
    public int encodedBytes() {
        int bytes = 1 + Integer.BYTES;
        for (PendingDirectory directory : directories) {
            bytes += directory.encodedBytes();
        }
        return bytes;
    }

    @Override
    public void write(ByteBuffer target) {
        target.putInt(directories.size());
        for (PendingDirectory directory : directories) {
            directory.write(target);
        }
    }

    public static FinishDirectories read(ByteBuffer source) {
        int count = Wire.readCount(source, 3 * Integer.BYTES);
        List<PendingDirectory> directories = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            directories.add(PendingDirectory.read(source));
        }
        return new FinishDirectories(directories);
    }
}

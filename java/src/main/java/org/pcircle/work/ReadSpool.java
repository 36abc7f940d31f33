package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Operation;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Fault;

/** Reads this rank's spool of directories back, one block an item, and spawns the finishing of the directories in it. */
final class ReadSpool implements LocalItem {

    private final long from;
    private final long to;

    /** From one offset, where a block begins, to another, where one ends. */
    ReadSpool(long from, long to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void run(Workbench bench, Result result) {
        try {
            ByteBuffer block = SpoolBlock.at(new SpoolFile(RankState.DIRECTORIES, bench), from, to);
            if (from + block.limit() < to) {
                result.spawned.add(new ReadSpool(from + block.limit(), to));
            }
            result.spawned.addAll(batches(block));
        } catch (FileException e) {
            result.broken(Fault.of(bench.state().shownHolder(), e));
        } catch (SpoolBlock.DamagedException e) {
            result.broken(new Fault(bench.state().shownHolder(), Operation.READ, 0));
        }
    }

    /** The directories of a block, in batches. */
    static List<FinishDirectories> batches(ByteBuffer block) throws SpoolBlock.DamagedException {
        List<FinishDirectories> batches = new ArrayList<>();
        List<DirectoryMetadata> batch = new ArrayList<>();
        SpoolBlock.read(block, record -> {
            batch.add(DirectoryMetadata.read(record));
            if (batch.size() == FinishDirectories.ENTRIES_MAX) {
                batches.add(new FinishDirectories(List.copyOf(batch)));
                batch.clear();
            }
        });
        if (!batch.isEmpty()) {
            batches.add(new FinishDirectories(batch));
        }
        return batches;
    }
}

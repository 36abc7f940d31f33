package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.journal.SpoolBlock.DamagedException;

/**
 * Sorts the records of a {@link Spool}, however many there are, step by step: as many as fit into memory are sorted and
 * written as a run; when all are in runs, as many runs at a time are merged into one as blocks fit into memory, until
 * there is only one (Knuth, TAOCP 3, 5.4). So 32 runs take one pass of merges, 1024 two; 10^9 records of 200 bytes take
 * three.
 *
 * <p>Memory: {@link #MEMORY_BYTES_MAX} and two blocks, and 40 bytes for each run; a block is as long as its record if
 * that is longer. Disk: two more files, each of which becomes as long as the spool's. Passes go from one to the other
 * and back; the spool is not changed, so a checkpoint that refers to it stays valid. A spool that is still in memory is
 * sorted there, which takes three times its memory.
 *
 * <p>Used by one thread at a time. A step that could not read or write may be repeated.
 */
public final class SpoolSort {

    /** Memory of the records that are sorted at a time, or of the blocks that are merged. */
    public static final int MEMORY_BYTES_MAX = 8 << 20;

    private static final int FAN_IN_MAX = MEMORY_BYTES_MAX / SpoolBlock.BYTES_MAX;

    /** Memory of a record besides its bytes: its buffer object, its place in a list, and the sort's own memory. */
    private static final int VIEW_BYTES = 64;

    private final Comparator<ByteBuffer> order;
    private final int memoryBytesMax;
    private final int fanInMax;
    private final int blockBytesMax;

    /** Whether the spool has no file; then the memory files below are used instead. */
    private final boolean staysInMemory;

    private final MemoryFile memorySpool = new MemoryFile();
    private final MemoryFile memoryFirst = new MemoryFile();
    private final MemoryFile memorySecond = new MemoryFile();

    /** Blocks of the spool that are still to be written to the end of its file. */
    private final List<ByteBuffer> unwritten;

    private final long fileBytes;
    private final RunReader unsorted;

    /** The records of the next run. */
    private List<ByteBuffer> gathered = new ArrayList<>();

    private long gatheredBytes;

    /** An interval of a file whose records are sorted. */
    private record Run(long from, long to) {}

    /** Runs to be merged, one behind the other from the start of one file. */
    private List<Run> runs = new ArrayList<>();

    /** Merged runs, one behind the other from the start of the other file. */
    private List<Run> merged = new ArrayList<>();

    private boolean runsAreInFirst = true;
    private @Nullable Merge merge;

    /**
     * Sorts the blocks that a spool has kept in memory, and those in its file.
     *
     * @param order of records, each the remaining bytes of a buffer that must not be changed; equal records come in any
     *     order
     */
    public SpoolSort(List<ByteBuffer> inMemory, long fileBytes, Comparator<ByteBuffer> order) {
        this(inMemory, fileBytes, order, MEMORY_BYTES_MAX, FAN_IN_MAX, SpoolBlock.BYTES_MAX);
    }

    SpoolSort(
            List<ByteBuffer> inMemory,
            long fileBytes,
            Comparator<ByteBuffer> order,
            int memoryBytesMax,
            int fanInMax,
            int blockBytesMax) {
        this.order = order;
        this.memoryBytesMax = memoryBytesMax;
        this.fanInMax = fanInMax;
        this.blockBytesMax = blockBytesMax;
        this.staysInMemory = fileBytes == 0;
        this.unwritten = new ArrayList<>(inMemory);
        this.fileBytes = fileBytes;
        long bytes = fileBytes;
        for (ByteBuffer block : inMemory) {
            bytes += block.limit();
        }
        this.unsorted = new RunReader(0, bytes);
    }

    /**
     * One step: sorts a run, or merges about as many bytes. All steps must be given the same files.
     *
     * @return whether there is more to do
     */
    public <E extends Exception> boolean step(BlockFile<E> spool, BlockFile<E> first, BlockFile<E> second)
            throws E, DamagedException {
        if (staysInMemory) {
            stepIn(memorySpool, memoryFirst, memorySecond);
        } else {
            stepIn(spool, first, second);
        }
        return !isSorted();
    }

    /** The length of all blocks of sorted records, after the last step. */
    public long sortedBytes() {
        if (!isSorted()) {
            throw new IllegalStateException("there are steps left to do");
        }
        return end(runs);
    }

    /**
     * Reads a block of the sorted records, to be used before another is read.
     *
     * @param position 0 or the end of the previous block, below {@link #sortedBytes()}
     */
    public <E extends Exception> ByteBuffer block(long position, BlockFile<E> first, BlockFile<E> second)
            throws E, DamagedException {
        return staysInMemory
                ? SpoolBlock.at(runsAreInFirst ? memoryFirst : memorySecond, position, sortedBytes())
                : SpoolBlock.at(runsAreInFirst ? first : second, position, sortedBytes());
    }

    private boolean isSorted() {
        return isGathered() && runs.size() + merged.size() <= 1;
    }

    /** Whether all records are in runs. */
    private boolean isGathered() {
        return unwritten.isEmpty() && unsorted.isAtEnd() && gathered.isEmpty();
    }

    private <E extends Exception> void stepIn(BlockFile<E> spool, BlockFile<E> first, BlockFile<E> second)
            throws E, DamagedException {
        if (!unwritten.isEmpty()) {
            writeRest(spool);
        } else if (!isGathered()) {
            makeRun(spool, first);
        } else if (!isSorted()) {
            mergeRuns(runsAreInFirst ? first : second, runsAreInFirst ? second : first);
        }
    }

    private <E extends Exception> void writeRest(BlockFile<E> spool) throws E {
        long end = fileBytes;
        for (ByteBuffer block : unwritten) {
            spool.write(block, end);
            end += block.limit();
        }
        unwritten.clear();
    }

    private <E extends Exception> void makeRun(BlockFile<E> spool, BlockFile<E> first) throws E, DamagedException {
        while (gatheredBytes < memoryBytesMax && unsorted.next(spool)) {
            ByteBuffer record = unsorted.record();
            gathered.add(record);
            gatheredBytes += SpoolBlock.recordBytes(record.remaining()) + VIEW_BYTES;
        }
        gathered.sort(order);
        RunWriter writer = new RunWriter(end(runs), blockBytesMax);
        for (ByteBuffer record : gathered) {
            writer.append(record, first);
        }
        writer.finish(first);
        runs.add(new Run(end(runs), writer.end()));
        gathered = new ArrayList<>();
        gatheredBytes = 0;
    }

    private <E extends Exception> void mergeRuns(BlockFile<E> source, BlockFile<E> target) throws E, DamagedException {
        List<Run> group = runs.subList(0, Math.min(fanInMax, runs.size()));
        Merge current = merge == null ? begin(group) : merge;
        merge = null; // If this step fails, the next one merges these runs once more.
        if (current.step(source, target, memoryBytesMax)) {
            merge = current;
            return;
        }
        merged.add(new Run(end(merged), current.end()));
        group.clear();
        if (runs.isEmpty()) {
            runs = merged;
            merged = new ArrayList<>();
            runsAreInFirst = !runsAreInFirst;
        }
    }

    private Merge begin(List<Run> group) {
        List<RunReader> readers = new ArrayList<>();
        for (Run run : group) {
            readers.add(new RunReader(run.from(), run.to()));
        }
        return new Merge(readers, new RunWriter(end(merged), blockBytesMax), order);
    }

    private static long end(List<Run> consecutive) {
        return consecutive.isEmpty()
                ? 0
                : consecutive.get(consecutive.size() - 1).to();
    }
}

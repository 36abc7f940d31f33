package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.pcircle.journal.SpoolBlock.DamagedException;

/** Merges the records of a few runs into one run. Memory: a block of each run, and the one that is filled. */
final class Merge {

    private final ArrayDeque<RunReader> unopened;

    /** Readers that have a record, the least one last. */
    private final List<RunReader> readers = new ArrayList<>();

    private final Comparator<RunReader> leastLast;
    private final RunWriter writer;

    Merge(List<RunReader> runs, RunWriter writer, Comparator<ByteBuffer> order) {
        this.unopened = new ArrayDeque<>(runs);
        this.leastLast = (one, other) -> order.compare(other.record(), one.record());
        this.writer = writer;
    }

    /** The end of the run that is being written, in bytes. */
    long end() {
        return writer.end();
    }

    /** Writes some more bytes of records, at most a block more than asked for; returns whether any are left. */
    <E extends Exception> boolean step(BlockFile<E> source, BlockFile<E> target, int bytes) throws E, DamagedException {
        while (!unopened.isEmpty()) {
            advance(unopened.remove(), source);
        }
        long begin = writer.end();
        while (!readers.isEmpty() && writer.end() - begin < bytes) {
            RunReader least = readers.remove(readers.size() - 1);
            writer.append(least.record(), target);
            advance(least, source);
        }
        if (readers.isEmpty()) {
            writer.finish(target);
        }
        return !readers.isEmpty();
    }

    private <E extends Exception> void advance(RunReader reader, BlockFile<E> source) throws E, DamagedException {
        if (reader.next(source)) {
            int place = Collections.binarySearch(readers, reader, leastLast);
            readers.add(place < 0 ? -1 - place : place, reader);
        }
    }
}

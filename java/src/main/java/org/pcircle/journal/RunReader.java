package org.pcircle.journal;

import java.nio.ByteBuffer;
import org.pcircle.journal.SpoolBlock.DamagedException;

/** Takes the records of a run one by one, with one block of it in memory. */
final class RunReader {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Where the next block begins. */
    private long at;

    private final long to;
    private ByteBuffer body = NOTHING;
    private ByteBuffer record = NOTHING;

    RunReader(long from, long to) {
        this.at = from;
        this.to = to;
    }

    /** The record that was read last. */
    ByteBuffer record() {
        return record;
    }

    boolean isAtEnd() {
        return at == to && !body.hasRemaining();
    }

    /** Reads the next record; false at the end. After an error it may be called again. */
    <E extends Exception> boolean next(BlockFile<E> file) throws E, DamagedException {
        while (!body.hasRemaining()) {
            if (at == to) {
                body = NOTHING;
                record = NOTHING;
                return false;
            }
            ByteBuffer read = SpoolBlock.at(file, at, to);
            ByteBuffer block = ByteBuffer.allocate(read.limit()).put(read).flip();
            body = SpoolBlock.body(block);
            at += block.limit();
        }
        record = SpoolBlock.nextRecord(body);
        return true;
    }
}

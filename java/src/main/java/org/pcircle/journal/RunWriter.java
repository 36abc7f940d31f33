package org.pcircle.journal;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Writes records to a file as a run: blocks without a gap. */
final class RunWriter {

    private final BlockFiller filler;
    private long end;

    RunWriter(long from, int blockBytesMax) {
        this.filler = new BlockFiller(blockBytesMax);
        this.end = from;
    }

    /** The end of the blocks written so far, in bytes. */
    long end() {
        return end;
    }

    <E extends Exception> void append(ByteBuffer record, BlockFile<E> file) throws E {
        write(filler.append(record), file);
    }

    <E extends Exception> void finish(BlockFile<E> file) throws E {
        write(filler.finish(), file);
    }

    private <E extends Exception> void write(@Nullable ByteBuffer block, BlockFile<E> file) throws E {
        if (block != null) {
            file.write(block, end);
            end += block.limit();
        }
    }
}

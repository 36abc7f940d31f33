package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import org.pcircle.fs.FileException;
import org.pcircle.journal.BlockFile;
import org.pcircle.work.WorkerContext;

/** The file of one of this rank's spools, read and written through a worker's buffer. */
final class SpoolFile implements BlockFile<FileException> {

    private final String name;
    private final WorkerContext bench;

    SpoolFile(String name, WorkerContext bench) {
        this.name = name;
        this.bench = bench;
    }

    /** Returns a view of the worker's buffer, in network byte order whatever the buffer's order is. */
    @Override
    public ByteBuffer read(long offset, int bytes) throws FileException {
        ByteBuffer direct = bench.room(bytes);
        return direct.duplicate().limit(bench.state().spool(name).read(direct, bytes, offset));
    }

    @Override
    public void write(ByteBuffer block, long offset) throws FileException {
        int bytes = block.limit();
        ByteBuffer direct = bench.room(bytes);
        direct.put(0, block, 0, bytes);
        bench.state().spool(name).write(direct, bytes, offset);
    }
}

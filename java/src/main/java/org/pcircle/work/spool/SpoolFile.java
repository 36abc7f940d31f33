package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import org.pcircle.fs.FileException;
import org.pcircle.journal.BlockFile;
import org.pcircle.work.WorkerContext;

/** The file of one of this rank's spools, read and written through a worker's buffer. */
final class SpoolFile implements BlockFile<FileException> {

    private final String name;
    private final WorkerContext worker;

    SpoolFile(String name, WorkerContext worker) {
        this.name = name;
        this.worker = worker;
    }

    /** Returns a view of the worker's buffer, in network byte order whatever the buffer's order is. */
    @Override
    public ByteBuffer read(long offset, int bytes) throws FileException {
        ByteBuffer direct = worker.room(bytes);
        return direct.duplicate().limit(worker.state().spool(name).read(direct, bytes, offset));
    }

    @Override
    public void write(ByteBuffer block, long offset) throws FileException {
        int bytes = block.limit();
        ByteBuffer direct = worker.room(bytes);
        direct.put(0, block, 0, bytes);
        worker.state().spool(name).write(direct, bytes, offset);
    }
}

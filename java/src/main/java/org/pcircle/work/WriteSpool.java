package org.pcircle.work;

import java.nio.ByteBuffer;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.journal.Spool;
import org.pcircle.report.Fault;

/** Writes a block of directories to be finished to this rank's spool file. */
final class WriteSpool implements LocalItem {

    private final Spool.Write write;

    WriteSpool(Spool.Write write) {
        this.write = write;
    }

    @Override
    public void run(Workbench bench, Result result) {
        int bytes = write.block().limit();
        ByteBuffer direct = bench.room(bytes);
        direct.put(0, write.block(), 0, bytes);
        try {
            bench.state().spool().write(direct, bytes, write.offset());
        } catch (FileException e) {
            Fault fault = Fault.of(bench.state().shownHolder(), e);
            if (Errno.isFull(e.errno())) {
                result.full(fault);
                result.spawned.add(this);
            } else {
                result.broken(fault);
            }
        }
    }
}

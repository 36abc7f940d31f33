package org.pcircle.work;

import java.nio.ByteBuffer;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.journal.SpoolBlock;

/** The file of one of this rank's spools, read block by block through a worker's buffer. */
final class SpoolFile {

    private final String name;
    private final Workbench bench;

    SpoolFile(String name, Workbench bench) {
        this.name = name;
        this.bench = bench;
    }

    /** The block that begins at {@code from}, to be used before the next is read; {@code to} is the end of the file. */
    ByteBuffer block(long from, long to) throws FileException, SpoolBlock.DamagedException {
        OpenFile file = bench.state().spool(name);
        int bytes = (int) Math.min(to - from, SpoolBlock.BYTES_MAX);
        ByteBuffer direct = read(file, from, bytes);
        int blockBytes = SpoolBlock.length(direct);
        if (blockBytes > bytes) {
            direct = read(file, from, blockBytes);
        }
        return direct.limit(Math.min(blockBytes, direct.limit()));
    }

    /** The bytes in a view of the worker's buffer, which is in network byte order whatever the buffer's is. */
    private ByteBuffer read(OpenFile file, long from, int bytes) throws FileException {
        ByteBuffer direct = bench.room(bytes);
        return direct.duplicate().limit(file.read(direct, bytes, from));
    }
}

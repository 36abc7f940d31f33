package org.pcircle.work.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.journal.BlockFile;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkerContext;

/**
 * Takes over the records of a spool that an earlier attempt has written, one block an item. Each record is processed as
 * if it had just been found.
 *
 * @param spool its name
 * @param file name of the file
 * @param from start of a block
 * @param to end of a block
 */
public record RestoreSpool(String spool, String file, long from, long to) implements SpoolItem {

    @Override
    public void readSpool(WorkerContext worker, ItemResult result) throws FileException, SpoolBlock.DamagedException {
        try (OpenFile open = worker.state().openToRead(file)) {
            ByteBuffer block = SpoolBlock.at(new ReadOnly(open, worker), from, to);
            List<byte[]> records = new ArrayList<>();
            SpoolBlock.read(block, record -> records.add(copy(record)));
            result.tell(worker.rank(), new SpoolRestored(spool, records));
            long end = from + block.limit();
            if (end < to) {
                result.spawned.add(new RestoreSpool(spool, file, end, to));
            }
        }
    }

    private static byte[] copy(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(bytes);
        return bytes;
    }

    private record ReadOnly(OpenFile file, WorkerContext worker) implements BlockFile<FileException> {
        @Override
        public ByteBuffer read(long offset, int bytes) throws FileException {
            ByteBuffer direct = worker.room(bytes);
            return direct.duplicate().limit(file.read(direct, bytes, offset));
        }

        @Override
        public void write(ByteBuffer block, long offset) {
            throw new IllegalStateException("an earlier attempt wrote it");
        }
    }

    @Override
    public int encodedBytes() {
        return 1 + Wire.encodedBytes(spool) + Wire.encodedBytes(file) + 2 * Long.BYTES;
    }

    @Override
    public void write(ByteBuffer target) {
        Wire.writeText(spool, target);
        Wire.writeText(file, target);
        target.putLong(from).putLong(to);
    }

    public static RestoreSpool read(ByteBuffer source) {
        return new RestoreSpool(Wire.readText(source), Wire.readText(source), source.getLong(), source.getLong());
    }
}

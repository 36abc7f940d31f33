package org.pcircle.work.batch;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.wire.Wire;
import org.pcircle.work.ItemResult;
import org.pcircle.work.WorkItem;
import org.pcircle.work.WorkerContext;

/** Small entries of one directory, none of them a directory, processed by one native call or a few. */
public interface BatchItem extends WorkItem {

    int root();

    /** The directory of the entries; null if the entry is the top of its tree. */
    @Nullable
    TreePath directory();

    /** Entry records, one after the other. */
    byte[] records();

    /** Number of entries. */
    int count();

    default TreePath pathOf(Entry entry) {
        return directory() == null ? TreePath.TOP : directory().child(entry.name());
    }

    default TreePath orTop() {
        return directory() == null ? TreePath.TOP : directory();
    }

    /** Identifies the batch in the list of slow work. */
    default ItemResult.Timed timed() {
        return new ItemResult.Timed(root(), orTop(), count(), dataBytes());
    }

    /** The directory itself cannot be opened any more: adds a fault for each entry, with the entry's path. */
    default void failAll(
            WorkerContext worker, byte[] shownDirectory, boolean isSource, FileException e, ItemResult result) {
        if (worker.context().gaveUp(e)) {
            result.spawned.add(this);
            return;
        }
        Entry entry = new Entry();
        for (int at = 0; at < records().length; at += entry.recordBytes()) {
            entry.wrap(worker.direct(records()), at);
            byte[] shown = directory() == null ? shownDirectory : TreePath.join(shownDirectory, entry.name());
            Fault fault = Fault.of(shown, e);
            result.fault(
                    isSource ? worker.roots().presence().judged(fault, root(), pathOf(entry), entry.copy()) : fault);
            result.count(Counter.PASSED_BYTES, entry.dataBytes());
        }
    }

    /** The counter of entries of a type. */
    static Counter counterOf(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> Counter.DIRECTORIES;
            case Entry.REGULAR -> Counter.FILES;
            case Entry.SYMLINK -> Counter.SYMLINKS;
            default -> Counter.SPECIALS;
        };
    }

    @Override
    default long entries() {
        return count();
    }

    @Override
    default int encodedBytes() {
        int directoryBytes =
                directory() == null ? 0 : Integer.BYTES + directory().bytes().length;
        return 2 + directoryBytes + 3 * Integer.BYTES + Long.BYTES + records().length;
    }

    /** Writes the fields, without the tag. */
    default void writeFields(ByteBuffer target) {
        target.putInt(root());
        TreePath.writeOrNone(directory(), target);
        target.putInt(count()).putLong(dataBytes());
        Wire.writeBytes(records(), target);
    }

    /** Makes a batch of its fields. */
    interface Maker<T> {
        T make(int root, @Nullable TreePath directory, byte[] records, int count, long dataBytes);
    }

    static <T> T read(ByteBuffer source, Maker<T> maker) {
        int root = source.getInt();
        TreePath directory = TreePath.readOrNone(source);
        int count = source.getInt();
        long dataBytes = source.getLong();
        return maker.make(root, directory, Wire.readBytes(source), count, dataBytes);
    }
}

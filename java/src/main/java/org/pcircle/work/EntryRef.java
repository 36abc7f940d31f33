package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Root;
import org.pcircle.wire.Wire;

/**
 * Identifies an entry of the source: its place, and its record when it was listed. Immutable: the array is not copied
 * and must not be modified.
 *
 * @param root the number of its root in the plan
 * @param directory that holds the entry; null if it is the top of its tree
 * @param record its entry record, with its name in the source
 */
public record EntryRef(int root, @Nullable TreePath directory, byte[] record) {

    public byte[] name() {
        return Entry.of(record).name();
    }

    /** The entry's name in the target; the top of a tree may have another one there. */
    public byte[] targetName(Root itsRoot) {
        return directory == null ? itsRoot.target().name() : name();
    }

    /** The path in its tree. */
    public TreePath path() {
        return directory == null ? TreePath.TOP : directory.child(name());
    }

    /** Bytes of its data, as its record says. */
    public long dataBytes() {
        return Entry.of(record).dataBytes();
    }

    /** The same entry as it is now. */
    public EntryRef withRecord(byte[] now) {
        return new EntryRef(root, directory, now);
    }

    public int encodedBytes() {
        return Integer.BYTES + TreePath.encodedBytesOrNone(directory) + Wire.encodedBytes(record);
    }

    public void write(ByteBuffer target) {
        target.putInt(root);
        TreePath.writeOrNone(directory, target);
        Wire.writeBytes(record, target);
    }

    public static EntryRef read(ByteBuffer source) {
        return new EntryRef(source.getInt(), TreePath.readOrNone(source), Wire.readBytes(source));
    }
}

package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;

/**
 * One name of a hard-linked entry of the source. Encoded names of one entry follow one another when they are sorted as
 * bytes.
 *
 * @param ref the entry, with this name
 */
public record HardLinkName(EntryRef ref) {

    public HardLinkName(int root, @Nullable TreePath directory, byte[] record) {
        this(new EntryRef(root, directory, record));
    }

    public int root() {
        return ref.root();
    }

    @Nullable
    public TreePath directory() {
        return ref.directory();
    }

    public byte[] record() {
        return ref.record();
    }

    public byte[] targetName(Root itsRoot) {
        return ref.targetName(itsRoot);
    }

    public TreePath path() {
        return ref.path();
    }

    public long dataBytes() {
        return ref.dataBytes();
    }

    public boolean isSameEntry(@Nullable HardLinkName other) {
        return other != null && Entry.of(record()).isSame(Entry.of(other.record()));
    }

    /** The rank that owns the entry: all its names are sent there. */
    int owner(int ranks) {
        Entry entry = Entry.of(record());
        long mixed = (entry.inode() * 31 + entry.device()) * 0x9e3779b97f4a7c15L;
        return (int) ((mixed >>> 33) % ranks);
    }

    /** The item that copies the entry under this name. */
    public Item copy(EntryItems items, Plan plan) {
        return items.entry(root(), directory(), record(), plan);
    }

    /** The items that copy the entries whose names are the records of a block. */
    public static List<Item> copies(ByteBuffer block, EntryItems items, Plan plan) throws SpoolBlock.DamagedException {
        List<Item> copies = new ArrayList<>();
        SpoolBlock.read(block, record -> copies.add(HardLinkName.read(record).copy(items, plan)));
        return copies;
    }

    /** As a record of a spool. */
    public byte[] encoded() {
        ByteBuffer record = ByteBuffer.allocate(encodedBytes());
        write(record);
        return record.array();
    }

    public int encodedBytes() {
        return 2 * Long.BYTES + ref.encodedBytes();
    }

    public void write(ByteBuffer target) {
        Entry entry = Entry.of(record());
        target.putLong(entry.device()).putLong(entry.inode());
        ref.write(target);
    }

    public static HardLinkName read(ByteBuffer source) {
        source.getLong();
        source.getLong();
        return new HardLinkName(EntryRef.read(source));
    }
}

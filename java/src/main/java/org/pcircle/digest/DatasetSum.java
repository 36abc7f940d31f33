package org.pcircle.digest;

import java.nio.ByteBuffer;

/**
 * The entries of a tree, or some of them, as a sum that sums of others can be added to: whoever has met an entry adds it, in
 * any order, and what all have met is the tree. For one thread at a time.
 */
public final class DatasetSum {

    private static final byte ENTRY_TAG = 'E';
    private static final byte DATASET_TAG = 'D';
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final LaneSum records;
    private long entries;

    /** Of no entry yet. */
    public DatasetSum(Algorithm algorithm) {
        this.records = new LaneSum(algorithm);
    }

    /**
     * Adds an entry.
     *
     * @param path as the signature sees it, without a slash at its beginning or end
     * @param content the digest of its content, as {@link FileSum} makes it
     */
    public void add(EntryType type, byte[] path, byte[] content, Hasher hasher) {
        byte[] record = ByteBuffer.allocate(2 + content.length + path.length)
                .put(ENTRY_TAG)
                .put(type.letter())
                .put(content)
                .put(path)
                .array();
        records.add(record, hasher);
        entries++;
    }

    /** Adds an entry without content. */
    public void addEmpty(EntryType type, byte[] path, Hasher hasher) {
        add(type, path, FileSum.digest(NOTHING, 0, 0, hasher), hasher);
    }

    /** Adds a device. */
    public void addDevice(EntryType type, byte[] path, int major, int minor, Hasher hasher) {
        ByteBuffer numbers =
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(major).putInt(minor);
        add(type, path, FileSum.digest(numbers, 0, numbers.capacity(), hasher), hasher);
    }

    /** Adds other entries. */
    public void add(DatasetSum other) {
        records.add(other.records);
        entries += other.entries;
    }

    /** The signature of all entries. */
    public Signature signature(Hasher hasher) {
        ByteBuffer record =
                ByteBuffer.allocate(1 + Long.BYTES + records.algorithm().sumBytes());
        record.put(DATASET_TAG).putLong(entries);
        records.write(record);
        return new Signature(hasher.algorithm(), hasher.record(record.array()));
    }

    public Algorithm algorithm() {
        return records.algorithm();
    }

    public int encodedBytes() {
        return Long.BYTES + records.algorithm().sumBytes();
    }

    public void write(ByteBuffer target) {
        records.write(target.putLong(entries));
    }

    public static DatasetSum read(Algorithm algorithm, ByteBuffer source) {
        DatasetSum sum = new DatasetSum(algorithm);
        sum.entries = source.getLong();
        sum.records.add(source);
        return sum;
    }
}

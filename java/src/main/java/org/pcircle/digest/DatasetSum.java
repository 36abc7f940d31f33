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

    private static final EntryType[] TYPES = EntryType.values();

    private final LaneSum records;
    private final long[] entries = new long[TYPES.length];
    private long dataBytes;

    /** Of no entry yet. */
    public DatasetSum(Algorithm algorithm) {
        this.records = new LaneSum(algorithm);
    }

    /**
     * Adds an entry.
     *
     * @param path as the signature sees it, without a slash at its beginning or end
     * @param content the digest of its content, as {@link FileSum} makes it
     * @param bytes of data, if it is a file, to be counted; else 0
     */
    public void add(EntryType type, byte[] path, byte[] content, long bytes, Hasher hasher) {
        byte[] record = ByteBuffer.allocate(2 + content.length + path.length)
                .put(ENTRY_TAG)
                .put(type.letter())
                .put(content)
                .put(path)
                .array();
        records.add(record, hasher);
        entries[type.ordinal()]++;
        dataBytes += bytes;
    }

    /** Adds an entry without content. */
    public void addEmpty(EntryType type, byte[] path, Hasher hasher) {
        add(type, path, FileSum.digest(NOTHING, 0, 0, hasher), 0, hasher);
    }

    /** Adds a device. */
    public void addDevice(EntryType type, byte[] path, int major, int minor, Hasher hasher) {
        ByteBuffer numbers =
                ByteBuffer.allocate(2 * Integer.BYTES).putInt(major).putInt(minor);
        add(type, path, FileSum.digest(numbers, 0, numbers.capacity(), hasher), 0, hasher);
    }

    /** Adds other entries. */
    public void add(DatasetSum other) {
        records.add(other.records);
        for (int i = 0; i < entries.length; i++) {
            entries[i] += other.entries[i];
        }
        dataBytes += other.dataBytes;
    }

    /** The signature of all entries. */
    public Signature signature(Hasher hasher) {
        ByteBuffer record =
                ByteBuffer.allocate(1 + Long.BYTES + records.algorithm().sumBytes());
        record.put(DATASET_TAG).putLong(entries());
        records.write(record);
        return new Signature(hasher.algorithm(), hasher.record(record.array()));
    }

    /** How many entries there are. */
    public long entries() {
        long all = 0;
        for (long ofType : entries) {
            all += ofType;
        }
        return all;
    }

    /** How many entries there are of a type. */
    public long entries(EntryType type) {
        return entries[type.ordinal()];
    }

    /** Bytes of data in all files. */
    public long dataBytes() {
        return dataBytes;
    }

    public Algorithm algorithm() {
        return records.algorithm();
    }

    public int encodedBytes() {
        return (TYPES.length + 1) * Long.BYTES + records.algorithm().sumBytes();
    }

    public void write(ByteBuffer target) {
        for (long ofType : entries) {
            target.putLong(ofType);
        }
        records.write(target.putLong(dataBytes));
    }

    public static DatasetSum read(Algorithm algorithm, ByteBuffer source) {
        DatasetSum sum = new DatasetSum(algorithm);
        for (int i = 0; i < sum.entries.length; i++) {
            sum.entries[i] = source.getLong();
        }
        sum.dataBytes = source.getLong();
        sum.records.add(source);
        return sum;
    }
}

package org.pcircle.digest;

import java.nio.ByteBuffer;

/**
 * The commutative sum of the entries of a tree, or of some of them: ranks add entries in any order, and the sums of all
 * ranks add up to the tree's. For one thread at a time.
 */
public final class DatasetSum {

    private static final byte DATASET_TAG = 'D';

    private static final EntryType[] TYPES = EntryType.values();

    private final LaneSum records;
    private final long[] entries = new long[TYPES.length];
    private long dataBytes;

    /** An empty sum. */
    public DatasetSum(Algorithm algorithm) {
        this.records = new LaneSum(algorithm);
    }

    public void add(SignedEntry entry, Hasher hasher) {
        records.add(entry.record(), hasher);
        entries[entry.type().ordinal()]++;
        addBytes(entry.bytes());
    }

    /** Adds the sum of other entries. */
    public void add(DatasetSum other) {
        records.add(other.records);
        for (int i = 0; i < entries.length; i++) {
            entries[i] += other.entries[i];
        }
        addBytes(other.dataBytes);
    }

    /**
     * The signature of all entries.
     *
     * @param metadata whether the entries were added with their metadata
     */
    public Signature signature(boolean metadata, Hasher hasher) {
        ByteBuffer record =
                ByteBuffer.allocate(1 + Long.BYTES + records.algorithm().sumBytes());
        record.put(DATASET_TAG).putLong(entries());
        records.write(record);
        return new Signature(hasher.algorithm(), metadata, hasher.record(record.array()));
    }

    /** Number of entries. */
    public long entries() {
        long all = 0;
        for (long ofType : entries) {
            all += ofType;
        }
        return all;
    }

    /** Number of entries of a type. */
    public long entries(EntryType type) {
        return entries[type.ordinal()];
    }

    /** Adds numbers; saturates at the largest one. */
    private void addBytes(long more) {
        dataBytes = more > Long.MAX_VALUE - dataBytes ? Long.MAX_VALUE : dataBytes + more;
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

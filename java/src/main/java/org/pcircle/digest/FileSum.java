package org.pcircle.digest;

import java.nio.ByteBuffer;

/**
 * The commutative sum of the leaves of a file, or of some ranges of it: the sums of all ranges add up to the file's.
 * For one thread at a time.
 */
public final class FileSum {

    private static final byte LEAF_TAG = 'L';
    private static final byte FILE_TAG = 'F';

    private final LaneSum leaves;

    /** An empty sum. */
    public FileSum(Algorithm algorithm) {
        this.leaves = new LaneSum(algorithm);
    }

    /**
     * Adds a leaf.
     *
     * @param index of the leaf in the file
     * @param data any buffer with the leaf at {@code from}; a direct one is not copied
     * @param bytes of the leaf: {@link Leaf#BYTES}, or fewer at the end of the file
     * @return the leaf's own digest
     */
    public byte[] addLeaf(long index, ByteBuffer data, int from, int bytes, Hasher hasher) {
        byte[] digest = hasher.leaf(data, from, bytes);
        addLeaf(index, digest, hasher);
        return digest;
    }

    /** Adds leaves of zeros, as in a hole, each of its full length; returns the digest of one. */
    public byte[] addZeros(long firstIndex, long endIndex, Hasher hasher) {
        byte[] digest = hasher.leafOfZeros();
        for (long index = firstIndex; index < endIndex; index++) {
            addLeaf(index, digest, hasher);
        }
        return digest;
    }

    /** Adds leaves whose digests are known, from the one with this index on. */
    public void addLeaves(long index, LeafDigests digests, Hasher hasher) {
        for (int i = 0; i < digests.count(); i++) {
            addLeaf(index + i, digests.get(i), hasher);
        }
    }

    /** Adds the sum of other ranges. */
    public void add(FileSum other) {
        leaves.add(other.leaves);
    }

    /** The digest of the file, when all its leaves have been added. */
    public byte[] digest(long fileBytes, Hasher hasher) {
        ByteBuffer record =
                ByteBuffer.allocate(1 + Long.BYTES + leaves.algorithm().sumBytes());
        record.put(FILE_TAG).putLong(fileBytes);
        leaves.write(record);
        return hasher.record(record.array());
    }

    /** The digest of content in memory: the same as that of a file with this content. */
    public static byte[] digest(ByteBuffer content, int from, int bytes, Hasher hasher) {
        FileSum sum = new FileSum(hasher.algorithm());
        for (int done = 0; done < bytes; done += Leaf.BYTES) {
            sum.addLeaf(Leaf.index(done), content, from + done, Math.min(bytes - done, Leaf.BYTES), hasher);
        }
        return sum.digest(bytes, hasher);
    }

    public Algorithm algorithm() {
        return leaves.algorithm();
    }

    public int encodedBytes() {
        return leaves.algorithm().sumBytes();
    }

    public void write(ByteBuffer target) {
        leaves.write(target);
    }

    public static FileSum read(Algorithm algorithm, ByteBuffer source) {
        FileSum sum = new FileSum(algorithm);
        sum.leaves.add(source);
        return sum;
    }

    /** Adds a leaf whose digest is known. */
    public void addLeaf(long index, byte[] digest, Hasher hasher) {
        byte[] record = ByteBuffer.allocate(1 + Long.BYTES + digest.length)
                .put(LEAF_TAG)
                .putLong(index)
                .put(digest)
                .array();
        leaves.add(record, hasher);
    }
}

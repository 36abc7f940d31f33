package org.pcircle.digest;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The digests of leaves that follow one another in a file. For one thread at a time. */
public final class LeafDigests {

    private final Algorithm algorithm;
    private byte[] digests = new byte[0];
    private int bytes;

    /** An empty list. */
    public LeafDigests(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    /**
     * Adds the next leaf.
     *
     * @param data any buffer that begins with the leaf; a direct one is not copied
     * @param leafBytes {@link Leaf#BYTES}, or fewer at the end of the file
     */
    public void add(ByteBuffer data, int leafBytes, Hasher hasher) {
        add(hasher.leaf(data, 0, leafBytes));
    }

    /** Adds a whole leaf of zeros, as in a hole. */
    public void addZeros(Hasher hasher) {
        add(hasher.leafOfZeros());
    }

    /** Number of leaves. */
    public int count() {
        return bytes / algorithm.leafDigestBytes();
    }

    /** Whether the data in a buffer has the digest of a leaf. */
    public boolean isOf(int leaf, ByteBuffer data, int from, int leafBytes, Hasher hasher) {
        return Arrays.equals(get(leaf), hasher.leaf(data, from, leafBytes));
    }

    /** Whether a leaf has the digest of a whole leaf of zeros. */
    public boolean isOfZeros(int leaf, Hasher hasher) {
        return Arrays.equals(get(leaf), hasher.leafOfZeros());
    }

    /** The digests of a range of leaves. */
    public LeafDigests range(int from, int to) {
        LeafDigests some = new LeafDigests(algorithm);
        int each = algorithm.leafDigestBytes();
        some.digests = Arrays.copyOfRange(digests, from * each, to * each);
        some.bytes = some.digests.length;
        return some;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    public int encodedBytes() {
        return bytes;
    }

    public void write(ByteBuffer target) {
        target.put(digests, 0, bytes);
    }

    public static LeafDigests read(Algorithm algorithm, int count, ByteBuffer source) {
        LeafDigests read = new LeafDigests(algorithm);
        read.digests = new byte[count * algorithm.leafDigestBytes()];
        read.bytes = read.digests.length;
        source.get(read.digests);
        return read;
    }

    byte[] get(int leaf) {
        int each = algorithm.leafDigestBytes();
        return Arrays.copyOfRange(digests, leaf * each, (leaf + 1) * each);
    }

    private void add(byte[] digest) {
        if (bytes + digest.length > digests.length) {
            digests = Arrays.copyOf(digests, Math.max(2 * digests.length, bytes + digest.length));
        }
        System.arraycopy(digest, 0, digests, bytes, digest.length);
        bytes += digest.length;
    }
}

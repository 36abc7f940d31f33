package org.pcircle.digest;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The hash functions for signatures. Naming one does not load it. */
public enum Algorithm {
    /** Fast; detects accidental changes. */
    XXH64("xxh64", 8, 16, 2, Long.SIZE, "87d2a1b6e1163ef1"),
    /** Collision resistant: detects malicious changes, too. */
    SHA256("sha256", 32, 32, 1024, Short.SIZE, "30e14955ebf1352266dc2ff8067e68104607e750abb9d3b36582b8af909fcb58");

    private final String label;
    private final int leafBytes;
    private final int hashBytes;
    private final int lanes;
    private final int laneBits;
    private final String digestOfZeros;

    /**
     * @param digestOfZeros digest of a whole leaf of zeros, in hexadecimal
     */
    Algorithm(String label, int leafBytes, int hashBytes, int lanes, int laneBits, String digestOfZeros) {
        this.label = label;
        this.leafBytes = leafBytes;
        this.hashBytes = hashBytes;
        this.lanes = lanes;
        this.laneBits = laneBits;
        this.digestOfZeros = digestOfZeros;
    }

    /** Its name in a signature. */
    public String label() {
        return label;
    }

    /** A new hasher; each thread needs its own. */
    public Hasher newHasher() {
        return this == XXH64 ? new Xxh64(Xxh64Library.here()) : new Sha256();
    }

    /** Whether the implementation on this machine gives the known digest of a leaf (a self-test). */
    public boolean works() {
        byte[] digest = newHasher().leaf(ByteBuffer.allocateDirect(Leaf.BYTES), 0, Leaf.BYTES);
        return HexFormat.of().formatHex(digest).equals(digestOfZeros);
    }

    /** Bytes of a leaf's digest. */
    public int leafDigestBytes() {
        return leafBytes;
    }

    /** Bytes of the hash of a record, such as the digest of a content. */
    public int hashBytes() {
        return hashBytes;
    }

    int laneBits() {
        return laneBits;
    }

    /** Bytes of a sum. */
    int sumBytes() {
        return lanes * laneBits / Byte.SIZE;
    }
}

package org.pcircle.digest;

/** The hash functions that a signature can be made with. Naming one loads none of it. */
public enum Algorithm {
    /** Quick, and safe against accidents. */
    XXH64("xxh64", 8, 16, 2, Long.SIZE),
    /** Safe against malice, too. */
    SHA256("sha256", 32, 32, 1024, Short.SIZE);

    private final String label;
    private final int leafBytes;
    private final int hashBytes;
    private final int lanes;
    private final int laneBits;

    Algorithm(String label, int leafBytes, int hashBytes, int lanes, int laneBits) {
        this.label = label;
        this.leafBytes = leafBytes;
        this.hashBytes = hashBytes;
        this.lanes = lanes;
        this.laneBits = laneBits;
    }

    /** Its name in a signature. */
    public String label() {
        return label;
    }

    /** A hasher of its own for each thread. */
    public Hasher newHasher() {
        return this == XXH64 ? new Xxh64() : new Sha256();
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

package org.pcircle.digest;

/** The hash functions that a signature can be made with. Naming one loads none of it. */
public enum Algorithm {
    /** Quick, and safe against accidents. */
    XXH64("xxh64", 2, Long.SIZE),
    /** Safe against malice, too. */
    SHA256("sha256", 1024, Short.SIZE);

    private final String label;
    private final int lanes;
    private final int laneBits;

    Algorithm(String label, int lanes, int laneBits) {
        this.label = label;
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

    int laneBits() {
        return laneBits;
    }

    /** Bytes of a sum. */
    int sumBytes() {
        return lanes * laneBits / Byte.SIZE;
    }
}

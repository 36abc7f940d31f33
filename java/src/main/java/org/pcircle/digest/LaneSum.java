package org.pcircle.digest;

import java.nio.ByteBuffer;

/**
 * A sum of hashed records that does not depend on their order: lanes of 16 or 64 bits, each added separately, modulo
 * its size. With 1024 lanes of 16 bits that is LtHash (Bellare and Micciancio 1997; Lewi, Kim, Maykov and Weis 2019,
 * whose parameters these are). Lanes of 16 bits are added four at a time.
 */
final class LaneSum {

    private static final long HIGHEST_BITS = 0x8000_8000_8000_8000L;

    private final Algorithm algorithm;
    private final long[] words;

    LaneSum(Algorithm algorithm) {
        this.algorithm = algorithm;
        this.words = new long[algorithm.sumBytes() / Long.BYTES];
    }

    Algorithm algorithm() {
        return algorithm;
    }

    /** Adds a record. */
    void add(byte[] record, Hasher hasher) {
        if (hasher.algorithm() != algorithm) {
            throw new IllegalArgumentException(hasher.algorithm() + " for a sum of " + algorithm);
        }
        add(ByteBuffer.wrap(hasher.summand(hasher.record(record))));
    }

    /** Adds another sum. */
    void add(LaneSum other) {
        if (other.algorithm != algorithm) {
            throw new IllegalArgumentException(other.algorithm + " for a sum of " + algorithm);
        }
        for (int i = 0; i < words.length; i++) {
            words[i] = plus(words[i], other.words[i]);
        }
    }

    /** Adds an encoded sum from the buffer's position, which moves past it. */
    void add(ByteBuffer encoded) {
        for (int i = 0; i < words.length; i++) {
            words[i] = plus(words[i], encoded.getLong());
        }
    }

    /** Encodes the lanes, first to last, each with its highest byte first. */
    void write(ByteBuffer target) {
        for (long word : words) {
            target.putLong(word);
        }
    }

    private long plus(long a, long b) {
        if (algorithm.laneBits() == Long.SIZE) {
            return a + b;
        }
        /* Without the highest bits nothing is carried into the next lane; the highest bits are added separately. */
        return ((a & ~HIGHEST_BITS) + (b & ~HIGHEST_BITS)) ^ ((a ^ b) & HIGHEST_BITS);
    }
}

package org.pcircle.digest;

import java.nio.ByteBuffer;
import net.jpountz.xxhash.XXHash64;

/** XXH64 of lz4-java. */
final class Xxh64 extends Hasher {

    private static final long FIRST_SEED = 0;

    /** 2^64 divided by the golden ratio. */
    private static final long SECOND_SEED = 0x9E3779B97F4A7C15L;

    private final XXHash64 xxh64;

    Xxh64(Xxh64Library library) {
        super(Algorithm.XXH64);
        xxh64 = library.factory().hash64();
    }

    @Override
    byte[] leaf(ByteBuffer buffer, int from, int bytes) {
        long hash = xxh64.hash(buffer, from, bytes, FIRST_SEED);
        return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    }

    @Override
    byte[] record(byte[] record) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(xxh64.hash(record, 0, record.length, FIRST_SEED))
                .putLong(xxh64.hash(record, 0, record.length, SECOND_SEED))
                .array();
    }

    @Override
    byte[] summand(byte[] hash) {
        return hash;
    }
}

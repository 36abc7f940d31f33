package org.pcircle.digest;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of the JDK; a record's hash is stretched to the lanes of a lattice by SHA-256 in counter mode. */
final class Sha256 extends Hasher {

    private static final int HASH_BYTES = 32;

    private final MessageDigest sha256;
    private final byte[] counter = new byte[Integer.BYTES];

    Sha256() {
        super(Algorithm.SHA256);
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    byte[] leaf(ByteBuffer buffer, int from, int bytes) {
        sha256.update(buffer.slice(from, bytes));
        return sha256.digest();
    }

    @Override
    byte[] record(byte[] record) {
        return sha256.digest(record);
    }

    @Override
    byte[] summand(byte[] hash) {
        byte[] stretched = new byte[algorithm().sumBytes()];
        try {
            for (int block = 0; block * HASH_BYTES < stretched.length; block++) {
                sha256.update(hash);
                sha256.update(ByteBuffer.wrap(counter).putInt(0, block));
                sha256.digest(stretched, block * HASH_BYTES, HASH_BYTES);
            }
        } catch (DigestException e) {
            throw new IllegalStateException("there is room for each block", e);
        }
        return stretched;
    }
}

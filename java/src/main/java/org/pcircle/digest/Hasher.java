package org.pcircle.digest;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A hash function as the definition uses it. For one thread at a time. */
public abstract class Hasher {

    private final Algorithm algorithm;
    private byte @Nullable [] zeroLeaf;

    Hasher(Algorithm algorithm) {
        this.algorithm = algorithm;
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** The digest of a leaf in any buffer; position and limit are ignored. */
    abstract byte[] leaf(ByteBuffer data, int from, int bytes);

    /** The hash of a record. */
    abstract byte[] record(byte[] record);

    /** The bytes that a record with this hash adds to the lanes of a sum. */
    abstract byte[] summand(byte[] hash);

    /** Whether a buffer holds a whole leaf of zeros. */
    public boolean isLeafOfZeros(ByteBuffer buffer, int from, int bytes) {
        return Arrays.equals(leaf(buffer, from, bytes), leafOfZeros());
    }

    /** The digest of a leaf of zeros, as in a hole. */
    byte[] leafOfZeros() {
        if (zeroLeaf == null) {
            zeroLeaf = leaf(ByteBuffer.allocate(Leaf.BYTES), 0, Leaf.BYTES);
        }
        return zeroLeaf;
    }
}

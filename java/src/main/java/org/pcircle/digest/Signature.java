package org.pcircle.digest;

import java.util.HexFormat;

/** The signature of a tree. */
public record Signature(Algorithm algorithm, byte[] value) {

    /** Of docs/signature.md. */
    public static final int VERSION = 1;

    /** {@code pcircle1-xxh64:HEX}. */
    @Override
    public String toString() {
        return "pcircle" + VERSION + "-" + algorithm.label() + ":"
                + HexFormat.of().formatHex(value);
    }
}

package org.pcircle.digest;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The signature of a tree.
 *
 * @param metadata whether it covers the entries' metadata, too
 */
public record Signature(Algorithm algorithm, boolean metadata, byte[] value) {

    /** The version of docs/signature.md. */
    public static final int VERSION = 1;

    private static final String METADATA = "-metadata";

    /** {@code pcircle1-xxh64:HEX}, {@code pcircle1-xxh64-metadata:HEX}. */
    @Override
    public String toString() {
        return start(algorithm) + (metadata ? METADATA : "") + ":"
                + HexFormat.of().formatHex(value);
    }

    /** Parses a signature; null if the text is not one. */
    public static @Nullable Signature parse(String text) {
        int colon = text.indexOf(':');
        for (Algorithm algorithm : Algorithm.values()) {
            for (boolean metadata : new boolean[] {false, true}) {
                String start = start(algorithm) + (metadata ? METADATA : "");
                if (colon == start.length() && text.startsWith(start)) {
                    byte[] value = bytes(text.substring(colon + 1));
                    return value == null || value.length != algorithm.hashBytes()
                            ? null
                            : new Signature(algorithm, metadata, value);
                }
            }
        }
        return null;
    }

    /** Parses hexadecimal text in lower case; null if it is malformed. */
    public static byte @Nullable [] bytes(String hex) {
        try {
            byte[] bytes = HexFormat.of().parseHex(hex);
            return HexFormat.of().formatHex(bytes).equals(hex) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String start(Algorithm algorithm) {
        return "pcircle" + VERSION + "-" + algorithm.label();
    }
}

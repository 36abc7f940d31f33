package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The temporary name of an entry until it gets its final one: a prefix and the FNV-1a hash (64 bits, in hex) of the
 * final name, as in {@code temporary_name.h}.
 */
public final class TemporaryName {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Of the hash. */
    public static final int HEX_DIGITS = 16;

    /** Suffix of the temporary name of a large file that is begun anew when a run is resumed. */
    public static final char AGAIN = '+';

    private TemporaryName() {}

    public static byte[] of(String prefix, byte[] finalName) {
        long hash = FNV_OFFSET;
        for (byte b : finalName) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        StringBuilder name = new StringBuilder(prefix);
        String digits = Long.toHexString(hash);
        for (int i = digits.length(); i < HEX_DIGITS; i++) {
            name.append('0');
        }
        return name.append(digits).toString().getBytes(UTF_8);
    }
}

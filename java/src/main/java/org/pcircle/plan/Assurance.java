package org.pcircle.plan;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;

/**
 * Integrity options: whether data is verified, and whether files are flushed.
 *
 * @param verification algorithm to compare data that is read back; null: data is not read back
 * @param flush whether files and directories are flushed before they count as done
 */
public record Assurance(@Nullable Algorithm verification, boolean flush) {

    public static final Assurance NONE = new Assurance(null, false);

    static final int ENCODED_BYTES = 2;

    private static final byte NO_VERIFICATION = -1;

    /** Whether data is read back. */
    public boolean verifies() {
        return verification != null;
    }

    void write(ByteBuffer target) {
        target.put((byte) (verification == null ? NO_VERIFICATION : verification.ordinal()));
        target.put((byte) (flush ? 1 : 0));
    }

    static Assurance read(ByteBuffer source) {
        byte algorithm = source.get();
        return new Assurance(algorithm == NO_VERIFICATION ? null : Algorithm.values()[algorithm], source.get() != 0);
    }
}

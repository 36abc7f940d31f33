package org.pcircle.plan;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.wire.Wire;

/**
 * Integrity options: whether data is verified, and whether files are flushed.
 *
 * @param verification algorithm to compare data that is read back; null: data is not read back
 * @param flush whether files and directories are flushed before they count as done
 */
public record IntegrityOptions(@Nullable Algorithm verification, boolean flush) {

    public static final IntegrityOptions NONE = new IntegrityOptions(null, false);

    static final int ENCODED_BYTES = 2;

    /** Whether data is read back. */
    public boolean verifies() {
        return verification != null;
    }

    void write(ByteBuffer target) {
        Wire.writeConstantOrNone(verification, target);
        Wire.writeFlag(flush, target);
    }

    static IntegrityOptions read(ByteBuffer source) {
        return new IntegrityOptions(Wire.readConstantOrNone(Algorithm.values(), source), Wire.readFlag(source));
    }
}

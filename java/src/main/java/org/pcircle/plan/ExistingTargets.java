package org.pcircle.plan;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;

/**
 * What becomes of targets that exist.
 *
 * @param policy as the user chose it
 * @param doubtfulSince what has changed since then, by the destination's clock, is compared even where existing targets
 *     are kept, as a run that was not finished may have left it half-written; {@link Instant#MAX}: nothing
 */
public record ExistingTargets(ExistingPolicy policy, Instant doubtfulSince) {

    static final int ENCODED_BYTES = 1 + Long.BYTES + Integer.BYTES;

    /** With nothing in doubt. */
    public static ExistingTargets of(ExistingPolicy policy) {
        return new ExistingTargets(policy, Instant.MAX);
    }

    void write(ByteBuffer target) {
        Wire.writeConstant(policy, target);
        target.putLong(doubtfulSince.getEpochSecond()).putInt(doubtfulSince.getNano());
    }

    static ExistingTargets read(ByteBuffer source) {
        ExistingPolicy policy = Wire.readConstant(ExistingPolicy.values(), source);
        long seconds = source.getLong();
        int nanoseconds = source.getInt();
        boolean isTime = seconds >= Instant.MIN.getEpochSecond()
                && seconds <= Instant.MAX.getEpochSecond()
                && nanoseconds >= 0
                && nanoseconds <= Instant.MAX.getNano();
        if (!isTime) {
            throw new MalformedMessageException("time " + seconds + " s, " + nanoseconds + " ns");
        }
        return new ExistingTargets(policy, Instant.ofEpochSecond(seconds, nanoseconds));
    }
}

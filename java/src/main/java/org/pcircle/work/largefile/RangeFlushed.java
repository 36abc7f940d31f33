package org.pcircle.work.largefile;

import org.pcircle.circle.Effects;
import org.pcircle.digest.LeafDigests;
import org.pcircle.work.LocalNotice;

/**
 * To the own rank, which chooses the verifier: the bytes {@code [from, to)} of a large file are written and flushed.
 *
 * @param again whether this was the second copy
 * @param digests of the leaves, as the source was read
 */
public record RangeFlushed(LargeFile file, long from, long to, boolean again, LeafDigests digests)
        implements LocalNotice<RangeFlushed.Verifier> {

    /** Chooses the rank that verifies a range. */
    public interface Verifier {
        Effects verify(RangeFlushed range);
    }

    @Override
    public Class<Verifier> part() {
        return Verifier.class;
    }

    @Override
    public Effects applyTo(Verifier part, int sender) {
        return part.verify(this);
    }
}

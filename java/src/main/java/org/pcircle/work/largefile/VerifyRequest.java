package org.pcircle.work.largefile;

import org.pcircle.circle.Effects;
import org.pcircle.work.WorkNotice;

/** To the rank that is to verify a range that another rank has written. */
public record VerifyRequest(VerifyRange range) implements WorkNotice<VerifyRequest.Reader> {

    /** Reads the range back. */
    public interface Reader {
        Effects read(VerifyRange range);
    }

    @Override
    public Class<Reader> part() {
        return Reader.class;
    }

    @Override
    public Effects applyTo(Reader part, int from) {
        return part.read(range);
    }
}

package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the rank that is to read back what another has written. */
record RangeWritten(VerifyRange range) implements WorkNotice<RangeWritten.Reader> {

    /** Reads it back. */
    interface Reader {
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

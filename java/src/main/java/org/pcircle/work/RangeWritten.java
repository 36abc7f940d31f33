package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the rank that is to read back what another has written. */
record RangeWritten(VerifyRange range) implements WorkNotice<Readers> {

    @Override
    public Class<Readers> part() {
        return Readers.class;
    }

    @Override
    public Effects applyTo(Readers part, int from) {
        return Effects.of(range);
    }
}

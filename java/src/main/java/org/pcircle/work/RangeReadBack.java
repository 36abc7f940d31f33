package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the rank that has written a range: it was read back, so that it may ask for another. */
record RangeReadBack() implements WorkNotice<Readers> {

    @Override
    public Class<Readers> part() {
        return Readers.class;
    }

    @Override
    public Effects applyTo(Readers part, int from) {
        part.done();
        return Effects.NONE;
    }
}

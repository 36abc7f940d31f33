package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the rank that has written a range: it was read back, so that it may ask for another. */
record RangeReadBack() implements WorkNotice<RangeReadBack.Asker> {

    /** Has asked for it. */
    interface Asker {
        void done();
    }

    @Override
    public Class<Asker> part() {
        return Asker.class;
    }

    @Override
    public Effects applyTo(Asker part, int from) {
        part.done();
        return Effects.NONE;
    }
}

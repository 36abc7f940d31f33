package org.pcircle.work.mirror;

import org.pcircle.circle.Effects;
import org.pcircle.work.LocalNotice;

/** To the own rank, which asks rank 0 whether they may be deleted: extraneous entries. */
record NamesFound(DeleteNames names) implements LocalNotice<NamesFound.Taker> {

    /** Keeps them until the answer comes. */
    interface Taker {
        Effects found(DeleteNames names);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return part.found(names);
    }
}

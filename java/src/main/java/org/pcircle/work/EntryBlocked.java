package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the own rank: a directory is in the way of an entry, and may be taken away before its turn comes. */
record EntryBlocked(LinkedName name) implements LocalNotice<EntryBlocked.Taker> {

    /** Lets entries wait until the directories in their way are gone. */
    interface Taker {
        Effects block(LinkedName name);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return part.block(name);
    }
}

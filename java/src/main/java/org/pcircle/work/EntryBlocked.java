package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the own rank: a directory is in the way of an entry, and may be taken away before its turn comes. */
record EntryBlocked(LinkedName name) implements LocalNotice<Deletions> {

    @Override
    public Class<Deletions> part() {
        return Deletions.class;
    }

    @Override
    public Effects applyTo(Deletions part, int from) {
        return part.block(name);
    }
}

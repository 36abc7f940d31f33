package org.pcircle.work;

import org.pcircle.circle.Effects;

/**
 * To the own rank: an extraneous directory has the name of an entry, and may be deleted before the entry's turn comes.
 */
public record EntryBlocked(HardLinkName name) implements LocalNotice<EntryBlocked.Taker> {

    /** Keeps blocked entries until the deletions are done. */
    public interface Taker {
        Effects block(HardLinkName name);
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

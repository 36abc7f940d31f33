package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;

/** To the own rank: records of a spool that an earlier part of the run has written. Each goes to where it went when it was found. */
record SpoolRestored(String spool, List<byte[]> records) implements LocalNotice<SpoolRestored.Taker> {

    /** Knows what the records of each spool are. */
    interface Taker {
        Effects restore(String spool, List<byte[]> records);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return part.restore(spool, records);
    }
}

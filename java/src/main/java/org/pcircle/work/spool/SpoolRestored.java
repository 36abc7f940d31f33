package org.pcircle.work.spool;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.work.LocalNotice;

/** To the own rank: records of a spool of an earlier attempt. Each is processed as if it had just been found. */
public record SpoolRestored(String spool, List<byte[]> records) implements LocalNotice<SpoolRestored.Taker> {

    /** Decodes the records of each spool. */
    public interface Taker {
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

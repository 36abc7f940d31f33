package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;

/** To the own rank, which chooses who reads it back: a range of a large file is written and flushed. */
record RangeFlushed(VerifyRange range) implements LocalNotice<Readers> {

    @Override
    public Class<Readers> part() {
        return Readers.class;
    }

    @Override
    public Effects applyTo(Readers part, int from) {
        int reader = part.next();
        return reader == from
                ? Effects.of(range)
                : new Effects(List.of(), List.of(new Notice.Addressed(reader, new RangeWritten(range.sent()))));
    }
}

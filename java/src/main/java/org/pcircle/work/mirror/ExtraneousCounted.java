package org.pcircle.work.mirror;

import org.pcircle.circle.Effects;
import org.pcircle.work.WorkNotice;

/** To rank 0, which compares their number with {@code --max-delete}: so many entries would be deleted. */
public record ExtraneousCounted(long entries) implements WorkNotice<ExtraneousCounted.Taker> {

    /** At rank 0. */
    public interface Taker {
        void counted(long entries);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        part.counted(entries);
        return Effects.NONE;
    }
}

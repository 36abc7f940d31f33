package org.pcircle.work.mirror;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.work.WorkNotice;

/** From rank 0, in answer to {@link DeletionsWanted}: so many of the entries may be deleted. */
public record DeletionsAllowed(int entries) implements WorkNotice<DeletionsAllowed.Taker> {

    /** At the rank that has asked. */
    public interface Taker {
        /** Returns the items that follow. */
        List<Item> allowed(int entries);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return Effects.of(part.allowed(entries));
    }
}

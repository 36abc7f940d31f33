package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;

/** To rank 0, which closes such directories in the one order that works: one that its owner cannot enter afterwards. */
record DirectoryClosing(DirectoryMetadata directory) implements WorkNotice<DirectoryClosing.Taker> {

    /** At rank 0; says what there is to do for it. */
    interface Taker {
        List<Item> close(DirectoryMetadata directory);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return Effects.of(part.close(directory));
    }
}

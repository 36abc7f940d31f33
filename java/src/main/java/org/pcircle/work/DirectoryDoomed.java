package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;

/** To rank 0, which takes directories away, deepest first: a directory of the target that the source lacks, soon to be empty. */
record DirectoryDoomed(DoomedDirectory directory) implements WorkNotice<DirectoryDoomed.Taker> {

    /** At rank 0; says what there is to do for it. */
    interface Taker {
        List<Item> doom(DoomedDirectory directory);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return Effects.of(part.doom(directory));
    }
}

package org.pcircle.work.mirror;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.work.WorkNotice;

/** To rank 0, which removes directories bottom-up: an extraneous directory of the target, soon to be empty. */
public record ExtraneousDirectoryFound(ExtraneousDirectory directory)
        implements WorkNotice<ExtraneousDirectoryFound.Taker> {

    /** At rank 0; returns the items that follow. */
    public interface Taker {
        List<Item> addDirectory(ExtraneousDirectory directory);
    }

    @Override
    public Class<Taker> part() {
        return Taker.class;
    }

    @Override
    public Effects applyTo(Taker part, int from) {
        return Effects.of(part.addDirectory(directory));
    }
}

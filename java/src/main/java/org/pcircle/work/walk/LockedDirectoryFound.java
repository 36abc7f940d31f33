package org.pcircle.work.walk;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.work.WorkNotice;

/**
 * To rank 0, which finishes such directories bottom-up: a directory that its owner cannot enter when it has its final
 * mode.
 */
public record LockedDirectoryFound(PendingDirectory directory) implements WorkNotice<LockedDirectoryFound.Taker> {

    /** At rank 0; returns the items that follow. */
    public interface Taker {
        List<Item> close(PendingDirectory directory);
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

package org.pcircle.work.largefile;

import org.pcircle.circle.Effects;
import org.pcircle.circle.Item;
import org.pcircle.work.LocalNotice;

/**
 * To the own rank, which owns the file from now on: a large file is to be copied or read, or only to be finished.
 *
 * @param isFilled whether it has all its data and need not be read
 */
public record LargeFileOpened(LargeFile file, boolean isFilled) implements LocalNotice<LargeFileOpened.Owner> {

    /** Takes the file over. */
    public interface Owner {
        Item open(LargeFile file, boolean isFilled);
    }

    @Override
    public Class<Owner> part() {
        return Owner.class;
    }

    @Override
    public Effects applyTo(Owner part, int from) {
        return Effects.of(part.open(file, isFilled));
    }
}

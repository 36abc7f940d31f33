package org.pcircle.work.largefile;

import org.pcircle.circle.Effects;
import org.pcircle.work.LocalNotice;

/** To the own rank, which owned it: a large file is finished, successfully or not, or its temporary file is gone. */
public record LargeFileClosed(LargeFile file) implements LocalNotice<LargeFileClosed.Owner> {

    /** Owned the file. */
    public interface Owner {
        void close(LargeFile file);
    }

    @Override
    public Class<Owner> part() {
        return Owner.class;
    }

    @Override
    public Effects applyTo(Owner part, int from) {
        part.close(file);
        return Effects.NONE;
    }
}

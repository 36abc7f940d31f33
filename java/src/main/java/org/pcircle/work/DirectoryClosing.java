package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To rank 0, which closes such directories in the one order that works: one that its owner cannot enter afterwards. */
record DirectoryClosing(DirectoryMetadata directory) implements WorkNotice<PendingDirectories> {

    @Override
    public Class<PendingDirectories> part() {
        return PendingDirectories.class;
    }

    @Override
    public Effects applyTo(PendingDirectories part, int from) {
        return Effects.of(part.close(directory));
    }
}

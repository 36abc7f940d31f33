package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To rank 0, which finishes the tops of the trees last: the directory at the top of a root has been made. */
record TopMade(DirectoryMetadata top) implements WorkNotice<PendingDirectories> {

    @Override
    public Class<PendingDirectories> part() {
        return PendingDirectories.class;
    }

    @Override
    public Effects applyTo(PendingDirectories part, int from) {
        part.addTop(top);
        return Effects.NONE;
    }
}

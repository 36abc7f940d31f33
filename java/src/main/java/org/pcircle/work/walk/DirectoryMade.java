package org.pcircle.work.walk;

import org.pcircle.circle.Effects;
import org.pcircle.work.LocalNotice;

/** To the own rank: a directory was created, or existed, and gets its metadata when everything in it is done. */
record DirectoryMade(PendingDirectory directory) implements LocalNotice<PendingDirectories> {

    @Override
    public Class<PendingDirectories> part() {
        return PendingDirectories.class;
    }

    @Override
    public Effects applyTo(PendingDirectories part, int from) {
        return part.made(directory);
    }
}

package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To the own rank, which owned it: a large file is finished, well or not, or was found to be gone. */
record LargeFileClosed(LargeFile file) implements LocalNotice<LargeFiles> {

    @Override
    public Class<LargeFiles> part() {
        return LargeFiles.class;
    }

    @Override
    public Effects applyTo(LargeFiles part, int from) {
        part.close(file);
        return Effects.NONE;
    }
}

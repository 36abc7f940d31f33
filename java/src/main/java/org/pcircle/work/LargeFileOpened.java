package org.pcircle.work;

import org.pcircle.circle.Effects;

/**
 * To the own rank, which owns the file from now on: a large file is there to be copied or read, or only to be finished.
 *
 * @param isFilled whether it has all its data, and nobody has to read it
 */
record LargeFileOpened(LargeFile file, boolean isFilled) implements LocalNotice<LargeFiles> {

    @Override
    public Class<LargeFiles> part() {
        return LargeFiles.class;
    }

    @Override
    public Effects applyTo(LargeFiles part, int from) {
        return Effects.of(isFilled ? part.openFilled(file) : part.open(file));
    }
}

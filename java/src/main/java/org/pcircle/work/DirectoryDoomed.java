package org.pcircle.work;

import org.pcircle.circle.Effects;

/** To rank 0, which takes directories away, deepest first: a directory of the target that the source lacks, soon to be empty. */
record DirectoryDoomed(DoomedDirectory directory) implements WorkNotice<Deletions> {

    @Override
    public Class<Deletions> part() {
        return Deletions.class;
    }

    @Override
    public Effects applyTo(Deletions part, int from) {
        return Effects.of(part.doom(directory));
    }
}

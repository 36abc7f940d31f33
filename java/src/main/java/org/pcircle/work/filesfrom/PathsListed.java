package org.pcircle.work.filesfrom;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.fs.TreePath;
import org.pcircle.work.LocalNotice;

/** To the own rank, which is rank 0: paths that the user has listed. */
record PathsListed(List<TreePath> paths) implements LocalNotice<ListedPaths> {

    @Override
    public Class<ListedPaths> part() {
        return ListedPaths.class;
    }

    @Override
    public Effects applyTo(ListedPaths part, int from) {
        return Effects.of(part.add(paths));
    }
}

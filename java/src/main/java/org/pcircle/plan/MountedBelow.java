package org.pcircle.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.MountTable;
import org.pcircle.fs.TreePath;

/** Finds what is mounted below the tops of sources, at rank 0 before the start. */
final class MountedBelow {

    /** Read when it is first needed; null, too, where the kernel does not tell. */
    private @Nullable MountTable mounts;

    /**
     * The mount points below the top of a source, as far as they are accessible; the others cannot be copied from
     * either.
     */
    List<Mounted> of(Place source, Entry entry) {
        if (!entry.isDirectory()) {
            return List.of();
        }
        List<Mounted> found = new ArrayList<>();
        try (Directory base = Directory.open(source.base());
                Directory top = base.beneath(new TreePath(source.name()))) {
            if (mounts == null) {
                mounts = MountTable.read();
            }
            for (TreePath point : mounts.pointsBelow(top.realPath())) {
                Entry there = describe(top, point);
                if (there != null) {
                    found.add(new Mounted(point, there.inode()));
                }
            }
        } catch (IOException e) {
            return List.of(); // The walk reports a source that cannot be opened.
        }
        return found;
    }

    private static @Nullable Entry describe(Directory top, TreePath point) {
        try (Directory parent = top.beneath(point.parent())) {
            return Entry.of(parent.describe(point.name()));
        } catch (FileException e) {
            return null;
        }
    }
}

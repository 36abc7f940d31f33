package org.pcircle.work;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

/** Where a target takes two names of the source for one, as most do that ignore case, only one of the two entries may have it. */
final class TakenNames {

    private TakenNames() {}

    /**
     * Fails if what is in the target is there for another entry of the source; to be asked before it is taken for this one's.
     *
     * @param directory of the source that holds the entry; null if it is the top of its tree
     * @param targetName under which the entry is to stand in the target
     */
    static void refuse(
            int root,
            @Nullable TreePath directory,
            byte[] sourceName,
            Directory target,
            byte[] targetName,
            Workbench bench)
            throws FileException {
        if (Arrays.equals(sourceName, targetName) && target.mayBeTaken(targetName)) {
            try (Directory source = bench.roots().openSource(root, directory)) {
                source.refuseTaken(target, targetName);
            }
        }
    }

    /** Likewise of a directory, by its path; the top of a tree may have another name. */
    static void refuse(int root, TreePath path, Directory target, byte[] targetName, Workbench bench)
            throws FileException {
        byte[] sourceName = path.isTop() ? bench.roots().root(root).source().name() : path.name();
        refuse(root, path.isTop() ? null : path.parent(), sourceName, target, targetName, bench);
    }

    /** Likewise, of an entry under its name in the target. */
    static void refuse(EntryRef ref, Directory target, Workbench bench) throws FileException {
        byte[] targetName = ref.targetName(bench.roots().root(ref.root()));
        refuse(ref.root(), ref.directory(), ref.name(), target, targetName, bench);
    }
}

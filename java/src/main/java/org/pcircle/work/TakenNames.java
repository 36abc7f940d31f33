package org.pcircle.work;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

/** Names that a target folds together, as most do that ignore case: only one of the two source entries may have it. */
public final class TakenNames {

    private TakenNames() {}

    /**
     * Fails if the existing target belongs to another entry of the source; called before it is replaced or taken for up
     * to date.
     *
     * @param directory of the source that holds the entry; null if it is the top of its tree
     * @param targetName name of the entry in the target
     */
    public static void refuse(
            int root,
            @Nullable TreePath directory,
            byte[] sourceName,
            Directory target,
            byte[] targetName,
            WorkerContext worker)
            throws FileException {
        if (Arrays.equals(sourceName, targetName) && target.mayBeTaken(targetName)) {
            try (Directory source = worker.roots().openSource(root, directory)) {
                source.refuseTaken(target, targetName);
            }
        }
    }

    /** The same check for a directory, by its path; the top of a tree may have another name. */
    public static void refuse(int root, TreePath path, Directory target, byte[] targetName, WorkerContext worker)
            throws FileException {
        byte[] sourceName = path.isTop() ? worker.roots().root(root).source().name() : path.name();
        refuse(root, path.isTop() ? null : path.parent(), sourceName, target, targetName, worker);
    }

    /** The same check for an entry with its name in the target. */
    public static void refuse(EntryRef ref, Directory target, WorkerContext worker) throws FileException {
        byte[] targetName = ref.targetName(worker.roots().root(ref.root()));
        refuse(ref.root(), ref.directory(), ref.name(), target, targetName, worker);
    }
}

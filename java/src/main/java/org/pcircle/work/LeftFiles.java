package org.pcircle.work;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.Lingering;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunNames;
import org.pcircle.report.Counter;

/**
 * Files of unfinished runs in a tree: the runs' directories in its top, and temporary files anywhere in it. They are
 * left out of a source and spared in a target. Other entries with such names are content: only a run whose directory is
 * in the top has files in the tree.
 */
public final class LeftFiles {

    private static final byte[] STATE = RunNames.STATE.getBytes(US_ASCII);
    private static final TreePath STATE_PATH = new TreePath(STATE);

    /** The kinds of entries. */
    public enum Kind {
        CONTENT,
        /** The directory of one run or several. */
        RUNS,
        /** A temporary file. */
        PARTIAL
    }

    private LeftFiles() {}

    /** Whether an entry of a source is left out; counts it if it is. */
    public static boolean leavesOut(SourceTrees trees, int root, TreePath directory, Entry entry, ItemResult result)
            throws FileException {
        if (!entry.nameBeginsWith(STATE) && !directory.equals(STATE_PATH)) {
            return false;
        }
        Kind kind = inSource(trees, root, directory, entry.name(), entry.type());
        if (kind == Kind.RUNS) {
            boolean isAll = directory.isTop() && isState(entry.name());
            int runs = isAll ? trees.root(root).left().ids().size() : 1;
            result.count(Counter.LEFT_OUT_RUNS, runs);
        } else if (kind == Kind.PARTIAL) {
            result.count(Counter.LEFT_OUT_FILES, 1);
        }
        return kind != Kind.CONTENT;
    }

    /** Whether an entry that the user has listed is in a run's directory of a source. */
    public static boolean isInRun(SourceTrees trees, int root, TreePath path) throws FileException {
        TreePath directory = path;
        while (directory.depth() > 1) {
            directory = directory.parent();
            boolean isRun = directory.depth() <= 2
                    && inSource(trees, root, directory.parent(), directory.name(), Entry.DIRECTORY) == Kind.RUNS;
            if (isRun) {
                return true;
            }
        }
        return false;
    }

    /** The kind of an entry of a source, by its path and name. */
    public static Kind inSource(SourceTrees trees, int root, TreePath directory, byte[] name, int type)
            throws FileException {
        Root tree = trees.root(root);
        List<String> ids = tree.left().ids();
        if (type == Entry.DIRECTORY && directory.equals(STATE_PATH)) {
            return ids.contains(new String(name, US_ASCII)) ? Kind.RUNS : Kind.CONTENT;
        }
        if (!RunNames.mayBeOwn(name)) {
            return Kind.CONTENT;
        }
        if (type == Entry.DIRECTORY && directory.isTop()) {
            boolean isRuns =
                    isState(name) ? tree.left().fill() : isTheirs(trees, root, RunNames.runOfUnusualState(name));
            return isRuns ? Kind.RUNS : Kind.CONTENT;
        }
        String id = type == Entry.REGULAR ? RunNames.runOfPartial(name) : null;
        boolean isPartial = id != null && (ids.contains(id) || isTheirs(trees, root, id));
        return isPartial ? Kind.PARTIAL : Kind.CONTENT;
    }

    /** Whether the directory that is named after one run holds only that run, in the top of a source. */
    private static boolean isTheirs(SourceTrees trees, int root, @Nullable String id) throws FileException {
        return id != null && trees.leftIn(root, RunNames.unusualState(id)).equals(new LeftRuns(List.of(id), true));
    }

    /** Whether an entry of a target belongs to a run that is active or can be resumed: this one or another one. */
    public static boolean spares(WorkerContext worker, int root, TreePath directory, byte[] name, int type)
            throws FileException {
        if (type == Entry.DIRECTORY && directory.equals(STATE_PATH)) {
            return isStanding(worker, root, new String(name, US_ASCII));
        }
        if (!RunNames.mayBeOwn(name)) {
            return false;
        }
        String id = null;
        if (type == Entry.DIRECTORY && directory.isTop()) {
            id = RunNames.runOfUnusualState(name);
        } else if (type == Entry.REGULAR) {
            id = RunNames.runOfPartial(name);
        }
        return id != null && isStanding(worker, root, id);
    }

    /** Whether a directory is the one that holds the directories of runs to this target, so that it stays. */
    public static boolean isState(TreePath directory, byte[] name) {
        return directory.isTop() && isState(name);
    }

    /** Whether a directory may be a run's. */
    public static boolean mayBeRun(TreePath path) {
        return path.depth() == 2 && path.parent().equals(STATE_PATH);
    }

    /** Whether a directory of a target holds only spared or lingering files, and directories with such files. */
    public static boolean holdsOnlySpared(WorkerContext worker, int root, TreePath path) throws FileException {
        try (Directory directory = worker.roots().openTargetToList(root, path)) {
            for (Entry entry : directory.all()) {
                boolean isSpared = entry.isDirectory()
                        || Lingering.isName(entry.name())
                        || spares(worker, root, path, entry.name(), entry.type());
                if (!isSpared) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isState(byte[] name) {
        return name.length == STATE.length && RunNames.mayBeOwn(name);
    }

    private static boolean isStanding(WorkerContext worker, int root, String id) throws FileException {
        Plan plan = worker.plan();
        if (id.equals(plan.id())) {
            return true;
        }
        if (!RunNames.isId(id)) {
            return false;
        }
        try (Directory top = worker.roots().openTarget(root, TreePath.TOP)) {
            if (LeftRuns.stands(top, id)) {
                return true;
            }
        }
        if (plan.isOneDirectory()) {
            return false;
        }
        try (Directory holder = worker.roots().openTarget(root, null)) {
            return LeftRuns.stands(holder, id);
        }
    }
}

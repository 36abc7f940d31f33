package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.ShellWord;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Stat;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.UsageException;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.work.CheckpointFiles;

/**
 * A stopped run that is resumed: found by its ID and its destination, or by the path of its checkpoint. A lock that
 * lives as long as this process keeps it from being resumed twice.
 */
final class ResumableRun {

    private static final String STATE = ".fcp";
    private static final Set<Integer> NOT_THERE =
            Set.of(Errno.ENOENT.number(), Errno.ENOTDIR.number(), Errno.EACCES.number());

    private static final byte[] HERE = {'.'};
    private static final byte[] ROOT = {'/'};

    private final byte[] given;
    private final byte[] found;
    private final Checkpoint checkpoint;
    private final Plan plan;

    private final OpenFile lock;

    private ResumableRun(byte[] given, byte[] found, Checkpoint checkpoint, Plan plan, OpenFile lock) {
        this.given = given;
        this.found = found;
        this.checkpoint = checkpoint;
        this.plan = plan;
        this.lock = lock;
    }

    /**
     * Finds and locks a run.
     *
     * @param resume its ID, or the path of its checkpoint
     * @param directory the user's --checkpoint-dir; null: not given
     * @param destination of the copy as the user gave it; null if he gave none
     */
    static ResumableRun find(
            byte[] resume, byte @Nullable [] directory, byte @Nullable [] destination, ResumableTask task)
            throws UsageException {
        List<byte[]> candidates = candidates(resume, directory, destination);
        for (byte[] path : candidates) {
            if (isDirectory(path)) {
                return open(resume, path, task);
            }
        }
        for (byte[] path : candidates) {
            if (isClosed(path)) {
                throw unusable(resume, PathText.shown(path) + ": " + Errno.message(Errno.EACCES.number()));
            }
        }
        throw unusable(
                resume,
                "there is no such run to go on with in " + shown(candidates)
                        + ": it has finished, or was never begun, or paths that are not absolute begin in another directory");
    }

    /** The absolute paths of the directories that would hold one of these, each once. */
    private static String shown(List<byte[]> candidates) {
        Set<String> holders = new LinkedHashSet<>();
        for (byte[] candidate : candidates) {
            holders.add(PathText.shown(parent(CurrentDirectory.absolute(candidate))));
        }
        return String.join(", ", holders);
    }

    /** Fails if the ID belongs to a run that can still be resumed, or is active. */
    static void refuseTaken(String id, byte @Nullable [] directory, byte @Nullable [] destination)
            throws UsageException {
        for (byte[] path : candidates(id.getBytes(UTF_8), directory, destination)) {
            if (isDirectory(path) && !isSpent(path)) {
                String where = directory == null
                        ? ""
                        : " --checkpoint-dir=" + ShellWord.of(CurrentDirectory.absolute(directory));
                throw new UsageException("--checkpoint-id=" + id + ": there is such a run; go on with it (--resume="
                        + id + "), or give it up: fcp --discard=" + id + where + " "
                        + ShellWord.of(CurrentDirectory.absolute(destination == null ? HERE : destination)));
            }
        }
    }

    private static List<byte[]> candidates(byte[] resume, byte @Nullable [] directory, byte @Nullable [] destination) {
        List<byte[]> paths = new ArrayList<>();
        if (directory != null) {
            paths.add(TreePath.join(directory, resume));
        } else if (new String(resume, UTF_8).indexOf('/') >= 0) {
            paths.add(resume);
        } else {
            List<byte[]> holders = new ArrayList<>();
            if (destination != null) {
                holders.add(destination);
                holders.add(parent(destination));
            }
            holders.add(HERE);
            for (byte[] holder : holders) {
                String id = new String(resume, UTF_8);
                paths.add(TreePath.join(TreePath.join(holder, STATE.getBytes(UTF_8)), resume));
                paths.add(TreePath.join(TreePath.join(holder, (STATE + "." + id).getBytes(UTF_8)), resume));
            }
        }
        return paths;
    }

    private static byte[] parent(byte[] path) {
        TreePath parent = new TreePath(path).parent();
        return !parent.isTop() ? parent.bytes() : path[0] == '/' ? ROOT : HERE;
    }

    /** An inaccessible directory belongs to another user's run. */
    private static boolean isDirectory(byte[] path) throws UsageException {
        try {
            return Entry.of(Stat.at(path, true)).isDirectory();
        } catch (FileException e) {
            if (NOT_THERE.contains(e.errno())) {
                return false;
            }
            throw new UsageException(PathText.shown(path) + ": " + e.getMessage());
        }
    }

    private static boolean isClosed(byte[] path) {
        try {
            Stat.at(path, true);
            return false;
        } catch (FileException e) {
            return e.errno() == Errno.EACCES.number();
        }
    }

    private static boolean isSpent(byte[] path) throws UsageException {
        try (Directory holder = Directory.open(path);
                StateDirectory files = StateDirectory.open(holder, List.of())) {
            return files.isSpent();
        } catch (FileException e) {
            throw new UsageException(PathText.shown(path) + ": " + e.getMessage());
        }
    }

    private static ResumableRun open(byte[] resume, byte[] path, ResumableTask task) throws UsageException {
        try (Directory holder = Directory.open(path);
                StateDirectory files = StateDirectory.open(holder, List.of())) {
            newest(resume, CheckpointFiles.all(files), task); // Nothing is created where there was no run.
            OpenFile lock = RunLock.take(
                    "--resume=" + PathText.shown(resume),
                    files,
                    PathText.shown(path) + "/" + CheckpointFiles.LOCK + " and say this again");
            Checkpoint checkpoint = newest(resume, CheckpointFiles.all(files), task);
            Plan plan = Plan.decode(checkpoint.plan());
            if (!task.kind().isInstance(plan.task())) {
                throw unusable(resume, "this is a run of " + plan.task().command());
            }
            return new ResumableRun(resume, path, checkpoint, plan, lock);
        } catch (FileException e) {
            throw unusable(resume, e.getMessage() == null ? e.toString() : e.getMessage());
        } catch (SpoolBlock.DamagedException | MalformedMessageException e) {
            throw unusable(resume, "the checkpoint is damaged, or of another version: " + e.getMessage());
        }
    }

    private static Checkpoint newest(byte[] resume, List<Checkpoint> all, ResumableTask task) throws UsageException {
        for (Checkpoint checkpoint : all) {
            if (CheckpointFiles.holds(checkpoint)) {
                return checkpoint;
            }
        }
        throw unusable(
                resume,
                all.isEmpty()
                        ? "there is no checkpoint; the run was stopped before its first, or after the last, when all was done but for a"
                                + " few last steps: " + task.toBeginAgain()
                        : "what was copied before its checkpoint may be lost, as a host may have been down since");
    }

    private static UsageException unusable(byte[] resume, String why) {
        return new UsageException("--resume=" + PathText.shown(resume) + ": " + why);
    }

    /** The lock, which keeps others from resuming the run while it is open; the caller closes it. */
    OpenFile lock() {
        return lock;
    }

    /**
     * The plan of the attempt that resumes it.
     *
     * @param sources as given again; none: not given
     * @param destination as given again; null: not given
     */
    Plan plan(
            List<byte[]> sources,
            byte @Nullable [] destination,
            int workers,
            int reduceIntervalMs,
            ChangeFormat changes)
            throws UsageException {
        List<Root> roots = rootsOf(checkpoint, plan);
        requireSame(sources, destination, roots);
        CheckpointOptions.Resumption resumption = new CheckpointOptions.Resumption(
                checkpoint.attempt() + 1,
                checkpoint.attempt(),
                checkpoint.epoch(),
                checkpoint.ranks(),
                checkpoint.startedSeconds(),
                checkpoint.startedNanoseconds());
        return plan.with(roots, plan.options().resumed(directory(), resumption, workers, reduceIntervalMs, changes));
    }

    /** The directory of its files, as seen from here; empty: the usual place. */
    private byte[] directory() {
        boolean isUsual = plan.options().checkpoints().directory().length == 0
                && (plan.task().hasTargets() || isBegunHere(checkpoint));
        return isUsual ? new byte[0] : parent(CurrentDirectory.absolute(found));
    }

    private static boolean isBegunHere(Checkpoint checkpoint) {
        return Arrays.equals(checkpoint.directory(), CurrentDirectory.path());
    }

    /** The roots of a run's plan as seen from here. */
    static List<Root> rootsOf(Checkpoint checkpoint, Plan plan) {
        List<Root> roots = new ArrayList<>();
        for (Root root : plan.roots()) {
            roots.add(root.at(absolute(checkpoint, root.source()), absolute(checkpoint, root.target())));
        }
        return roots;
    }

    /** A place as seen from here: relative paths are relative to the directory in which the run was begun. */
    private static Place absolute(Checkpoint checkpoint, Place place) {
        return isBegunHere(checkpoint) || place.base()[0] == '/'
                ? place
                : new Place(TreePath.join(checkpoint.directory(), place.base()), place.name());
    }

    private void requireSame(List<byte[]> sources, byte @Nullable [] destination, List<Root> roots)
            throws UsageException {
        if (!sources.isEmpty() && sources.size() != roots.size()) {
            throw unusable(given, "the run has other sources");
        }
        for (int i = 0; i < sources.size(); i++) {
            if (!isSame(sources.get(i), roots.get(i).source().show(TreePath.TOP))) {
                throw unusable(
                        given,
                        "the run has another source: "
                                + PathText.shown(roots.get(i).source().show(TreePath.TOP)));
            }
        }
        Place target = roots.get(0).target();
        boolean isOther = destination != null
                && !isSame(destination, target.show(TreePath.TOP))
                && !isSame(destination, target.base());
        if (isOther) {
            throw unusable(given, "the run has another destination: " + PathText.shown(target.show(TreePath.TOP)));
        }
    }

    static boolean isSame(byte[] path, byte[] other) {
        if (Arrays.equals(CurrentDirectory.absolute(path), CurrentDirectory.absolute(other))) {
            return true;
        }
        try {
            return Entry.of(Stat.at(path, true)).isSame(Entry.of(Stat.at(other, true)));
        } catch (FileException e) {
            return false;
        }
    }
}

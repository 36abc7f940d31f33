package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunNames;
import org.pcircle.plan.UsageException;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.work.CheckpointFiles;

/**
 * A stopped run that is discarded: found by its ID and its destination. Its lock keeps it from being resumed until the
 * lock is released.
 *
 * @param root where its temporary files are searched
 * @param stateName name of the directory that holds the run's directory, unless the user has given --checkpoint-dir
 * @param hasTemporaryFiles whether it may have temporary files, as a copy has
 * @param lock null: there is none, as the run's directory is empty
 */
record DeadRun(
        Root root,
        String stateName,
        boolean hasTemporaryFiles,
        @Nullable OpenFile lock) {

    private static final Set<Integer> NOT_THERE =
            Set.of(Errno.ENOENT.number(), Errno.ENOTDIR.number(), Errno.ELOOP.number());

    /**
     * Finds and locks a run.
     *
     * @param directory the user's --checkpoint-dir; null: not given
     * @param touches whether a lock file may be created
     */
    static DeadRun find(String id, byte @Nullable [] directory, byte[] destination, boolean touches)
            throws UsageException {
        if (!RunNames.isId(id)) {
            throw unusable(id, "no run is called so");
        }
        Root root = PathRules.discarded(destination);
        boolean isTree = Entry.of(root.record()).isDirectory();
        byte[] holder = directory != null
                ? directory
                : isTree ? destination : root.target().base();
        String unusual = RunNames.unusualState(id);
        List<List<String>> paths =
                directory != null ? List.of(List.of(id)) : List.of(List.of(RunNames.STATE, id), List.of(unusual, id));
        try (Directory open = Directory.open(holder)) {
            FileException closed = null;
            for (List<String> path : paths) {
                try {
                    if (isThere(open, path, id, holder)) {
                        return take(id, open, path, root, new Asked(directory, destination, holder), touches);
                    }
                } catch (FileException e) {
                    closed = closed == null ? e : closed;
                }
            }
            if (closed != null) {
                throw closed;
            }
        } catch (FileException e) {
            throw unusable(id, PathText.shown(holder) + ": " + e.getMessage());
        }
        throw unusable(
                id,
                "there is no such run: there is " + (paths.size() == 1 ? "no " : "neither ")
                        + shown(holder, paths.get(0))
                        + (paths.size() == 1 ? "" : " nor " + shown(holder, paths.get(1))));
    }

    /** The user's options, and the directory that holds the run's directory then. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Asked(byte @Nullable [] directory, byte[] destination, byte[] holder) {}

    private static boolean isThere(Directory holder, List<String> path, String id, byte[] shown)
            throws UsageException, FileException {
        try (Directory directory =
                holder.beneath(new TreePath(String.join("/", path).getBytes(UTF_8)))) {
            if (!LeftRuns.holdsOwnFiles(directory)) {
                throw unusable(id, shown(shown, path) + " holds what no run has made, and is left alone");
            }
            return true;
        } catch (FileException e) {
            if (NOT_THERE.contains(e.errno())) {
                return false;
            }
            throw e;
        }
    }

    private static DeadRun take(String id, Directory holder, List<String> path, Root root, Asked asked, boolean touches)
            throws UsageException, FileException {
        try (StateDirectory files = StateDirectory.open(holder, path)) {
            List<String> names = files.files();
            String allOfIt = shown(asked.holder(), path) + " and the files called " + RunNames.partialPrefix(id) + "*";
            if (!names.isEmpty() && !names.contains(CheckpointFiles.LOCK)) {
                throw unusable(
                        id,
                        "it has no lock, as without checkpoints, so nobody can tell whether it is still going on; if it is not, delete "
                                + allOfIt);
            }
            OpenFile lock = names.isEmpty() && !touches ? null : RunLock.take(asked(id), files, allOfIt);
            try {
                Told told = told(files);
                requireSame(id, told, root, asked);
                boolean hasTemporaryFiles = told == null || told.plan().task().hasTargets();
                return new DeadRun(root, path.get(0), hasTemporaryFiles, lock);
            } catch (UsageException e) {
                if (lock != null) {
                    lock.close();
                }
                throw e;
            }
        }
    }

    /** The plan of the run, and its roots as seen from here. */
    record Told(Plan plan, List<Root> roots) {

        Place target() {
            return roots.get(0).target();
        }

        /** Whether its destination was one entry, and not a directory for several. */
        boolean isOne() {
            return roots.size() == 1;
        }

        /** The run's DEST as a user would write it. */
        byte[] destination() {
            return isOne() ? target().show(TreePath.TOP) : target().base();
        }
    }

    /** Null if unknown. */
    static @Nullable Told told(StateDirectory files) {
        try {
            List<Checkpoint> all = CheckpointFiles.all(files);
            if (all.isEmpty()) {
                return null;
            }
            Plan plan = Plan.decode(all.get(0).plan());
            return new Told(plan, ResumableRun.rootsOf(all.get(0), plan));
        } catch (FileException | SpoolBlock.DamagedException | MalformedMessageException e) {
            return null;
        }
    }

    /**
     * Fails if the run's temporary files are elsewhere, or may be. If the run's directory is in DEST, they are there; a
     * single file as DEST, or --checkpoint-dir, does not show that.
     */
    private static void requireSame(String id, @Nullable Told told, Root root, Asked asked) throws UsageException {
        boolean isTree = Entry.of(root.record()).isDirectory();
        if (told == null && !isTree) {
            throw unusable(
                    id,
                    "what it copied is not known any more; give the directory that holds DEST: "
                            + PathText.shown(root.target().base()));
        }
        if (told == null || !told.plan().task().hasTargets()) {
            return;
        }
        boolean isSame;
        if (!isTree) {
            isSame = told.isOne()
                    && Arrays.equals(told.target().name(), root.target().name())
                    && ResumableRun.isSame(told.target().base(), root.target().base());
        } else {
            isSame = asked.directory() == null
                    || ResumableRun.isSame(asked.destination(), told.destination())
                    || (!told.plan().isOneDirectory()
                            && ResumableRun.isSame(
                                    asked.destination(), told.target().base()));
        }
        if (!isSame) {
            throw unusable(id, "the run has another destination: " + PathText.shown(told.destination()));
        }
    }

    private static String shown(byte[] holder, List<String> path) {
        byte[] below = String.join("/", path).getBytes(UTF_8);
        return PathText.shown(TreePath.join(CurrentDirectory.absolute(holder), below));
    }

    private static String asked(String id) {
        return "--discard=" + RawArguments.shown(id);
    }

    private static UsageException unusable(String id, String why) {
        return new UsageException(asked(id) + ": " + why);
    }
}

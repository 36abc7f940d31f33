package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.ShellWord;
import org.pcircle.cli.option.Command;
import org.pcircle.fs.Credentials;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.Directory;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunDirectoryName;
import org.pcircle.plan.RunNames;
import org.pcircle.work.CheckpointFiles;

/**
 * Other runs in {@code .fcp} of the destination of a new run, and a line for the user about them. Their temporary files
 * may be anywhere in the tree and are not searched.
 */
final class LeftBehind {

    private static final byte[] ITSELF = {'.'};

    /** Whether a run is active. */
    private enum Life {
        OVER,
        GOING_ON,
        UNKNOWN
    }

    /**
     * Another run.
     *
     * @param state name of the directory that holds its directory
     * @param since when it began, by the destination's clock; null if that cannot be seen
     */
    private record Other(
            String state, String id, Life life, @Nullable Instant since) {}

    /** The directory that holds the runs' directories, in {@code .fcp} or {@code .fcp.ID}. */
    private final byte[] holder;

    private final List<Other> others;

    /** Whether there may be runs that this user cannot see. */
    private final boolean isClosed;

    private LeftBehind(byte[] holder, List<Other> others, boolean isClosed) {
        this.holder = holder;
        this.others = others;
        this.isClosed = isClosed;
    }

    /**
     * The runs in the destination of these roots.
     *
     * @param id of the new run, which is not one of them
     */
    static LeftBehind in(List<Root> roots, String id) {
        Place target = roots.get(0).target();
        byte[] holder = Plan.isOneDirectory(roots) ? target.show(TreePath.TOP) : target.base();
        List<Other> others = new ArrayList<>();
        boolean isClosed = false;
        try (Directory open = Directory.open(holder)) {
            Entry top = Entry.of(open.describe(ITSELF));
            for (String state : states(open, RunDirectoryName.of(roots, id))) {
                isClosed |= !look(open, top, state, id, others);
            }
        } catch (FileException e) {
            // There is no such directory, or its next use reports it.
            return new LeftBehind(holder, List.of(), false);
        }
        return new LeftBehind(holder, others, isClosed);
    }

    /**
     * The directories that may hold directories of runs. Those of the unusual kind are searched only if the new run has
     * one, too, as the top may have very many entries.
     */
    private static List<String> states(Directory top, String stateOfNewRun) throws FileException {
        List<String> states = new ArrayList<>(List.of(RunNames.STATE));
        if (!stateOfNewRun.equals(RunNames.STATE)) {
            top.forEach(entry -> {
                if (entry.isDirectory() && RunNames.runOfUnusualState(entry.name()) != null) {
                    states.add(new String(entry.name(), US_ASCII));
                }
            });
        }
        return states;
    }

    /** Adds the runs in one of these directories; false if it is closed to this user. */
    private static boolean look(Directory open, Entry top, String state, String id, List<Other> others) {
        try (Directory directory = open.beneath(new TreePath(state.getBytes(US_ASCII)))) {
            for (String other : LeftRuns.idsIn(directory)) {
                if (!other.equals(id) && !isSpent(directory, other)) {
                    others.add(look(directory, top, state, other));
                }
            }
            return true;
        } catch (FileException e) {
            return e.errno() != Errno.EACCES.number();
        }
    }

    /**
     * When the first of the runs began that are not going on, or may not be, by the destination's clock; what has changed
     * since then may be half-written. {@link Instant#MAX} if there is none.
     */
    Instant doubtfulSince() {
        return others.stream()
                .filter(other -> other.life() != Life.GOING_ON)
                .map(Other::since)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /**
     * The line; null if there are no other runs.
     *
     * @param existing what the new run does with what exists
     */
    @Nullable
    String line(ExistingTargets existing) {
        if (others.isEmpty()) {
            return isClosed && existing.policy().mayKeep()
                    ? "another user's runs may stand in " + PathText.shown(holder)
                            + "; what they left half-written is kept; --update=differing replaces it"
                    : null;
        }
        String line = others.size() == 1 ? one(others.get(0)) : several();
        if (!existing.doubtfulSince().equals(Instant.MAX)) {
            return line + "; until then, what was written in DEST since it began may be half-written, and is replaced"
                    + " where it differs, also where it is newer";
        }
        boolean isAnyOver = others.stream().anyMatch(other -> other.life() != Life.GOING_ON);
        return isAnyOver && existing.policy() == ExistingPolicy.KEEP
                ? line + "; what it left half-written exists, and is not touched; --update=differing replaces it"
                : line;
    }

    /** Whether only the directory of a run is left, which is of no use. */
    private static boolean isSpent(Directory state, String id) {
        try (StateDirectory files = StateDirectory.open(state, List.of(id))) {
            return files.isSpent();
        } catch (FileException e) {
            return true; // It has just been deleted.
        }
    }

    /** A run of somebody who does not own the top, nor is root or this user, puts nothing in doubt. */
    private static Other look(Directory holder, Entry top, String state, String id) {
        try (StateDirectory files = StateDirectory.open(holder, List.of(id))) {
            Entry itself = Entry.of(holder.describe(id.getBytes(US_ASCII)));
            boolean isTrusted = LeftRuns.isTheirs(itself, top) || Credentials.owns(itself);
            return new Other(state, id, life(files), isTrusted ? since(files) : null);
        } catch (FileException e) {
            return new Other(state, id, Life.UNKNOWN, null);
        }
    }

    private static Life life(StateDirectory files) {
        try (OpenFile lock = files.openToRead(CheckpointFiles.LOCK)) {
            return lock.isLocked() ? Life.GOING_ON : Life.OVER;
        } catch (FileException e) {
            return Life.UNKNOWN;
        }
    }

    /** The time in its checkpoint; of a run that was killed before its first, the time of its lock. */
    private static @Nullable Instant since(StateDirectory files) {
        try {
            List<Checkpoint> all = CheckpointFiles.all(files);
            if (!all.isEmpty()) {
                return Instant.ofEpochSecond(
                        all.get(0).startedSeconds(), all.get(0).startedNanoseconds());
            }
        } catch (FileException | SpoolBlock.DamagedException e) {
            // The lock is left.
        }
        try {
            Entry lock = files.describe(CheckpointFiles.LOCK);
            return Instant.ofEpochSecond(lock.modifiedSeconds(), lock.modifiedNanoseconds());
        } catch (FileException e) {
            return null;
        }
    }

    private String one(Other other) {
        if (other.life() == Life.GOING_ON) {
            return "another run, " + other.id() + ", is going on in " + PathText.shown(holder);
        }
        DeadRun.Told told = told(other);
        byte[] destination = told == null ? holder : told.destination();
        String doubt = other.life() == Life.OVER ? "" : ", or is going on, which nobody can tell";
        return "an earlier run, " + other.id() + ", was not finished" + doubt + "; "
                + (told == null ? "" : "go on with it: " + command("--resume ", other.id(), destination) + ", or ")
                + "give it up: " + command("--discard=", other.id(), destination);
    }

    private DeadRun.@Nullable Told told(Other other) {
        try (Directory open = Directory.open(holder);
                StateDirectory files = StateDirectory.open(open, List.of(other.state(), other.id()))) {
            return DeadRun.told(files);
        } catch (FileException e) {
            return null; // It has just been deleted, or is another user's.
        }
    }

    private String several() {
        long goingOn =
                others.stream().filter(other -> other.life() == Life.GOING_ON).count();
        byte[] state = TreePath.join(CurrentDirectory.absolute(holder), RunNames.STATE.getBytes(US_ASCII));
        String which = "list them: ls " + ShellWord.of(state);
        if (goingOn == others.size()) {
            return goingOn + " other runs are going on in " + PathText.shown(holder) + "; " + which;
        }
        return (others.size() - goingOn) + (others.size() - goingOn == 1 ? " earlier run was" : " earlier runs were")
                + " not finished" + (goingOn == 0 ? "" : ", and " + goingOn + " going on") + "; " + which
                + "; go on with one: " + command("--resume ", "ID", holder) + ", or give it up: "
                + command("--discard=", "ID", holder);
    }

    private static String command(String option, String id, byte[] destination) {
        byte[] path = CurrentDirectory.absolute(destination);
        return Command.FCP.word() + " " + option + id + " " + ShellWord.of(path);
    }
}

package org.pcircle.cli.job;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.console.ShellWord;
import org.pcircle.cli.option.Command;
import org.pcircle.fs.CurrentDirectory;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OpenFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StateDirectory;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.RunNames;
import org.pcircle.work.CheckpointFiles;

/**
 * A line for the user about other runs in {@code .fcp} of the destination of a new run. Their temporary files may be
 * anywhere in the tree and are not searched.
 */
final class LeftBehind {

    /** Whether a run is active. */
    private enum Life {
        OVER,
        GOING_ON,
        UNKNOWN
    }

    private record Other(String id, Life life) {}

    private LeftBehind() {}

    /** The line; null if there are no other runs. */
    static @Nullable String line(Plan plan) {
        Place target = plan.roots().get(0).target();
        byte[] holder = plan.isOneDirectory() ? target.show(TreePath.TOP) : target.base();
        List<Other> others = new ArrayList<>();
        try (Directory open = Directory.open(holder);
                Directory state = open.beneath(new TreePath(RunNames.STATE.getBytes(US_ASCII)))) {
            for (String id : LeftRuns.idsIn(state)) {
                if (!id.equals(plan.id()) && !isSpent(state, id)) {
                    others.add(new Other(id, life(state, id)));
                }
            }
            return others.isEmpty()
                    ? null
                    : others.size() == 1 ? one(others.get(0), state, holder) : several(others, holder);
        } catch (FileException e) {
            return null; // No other run, or not accessible to this user.
        }
    }

    /** Whether only the directory of a run is left, which is of no use. */
    private static boolean isSpent(Directory state, String id) {
        try (StateDirectory files = StateDirectory.open(state, List.of(id))) {
            return files.isSpent();
        } catch (FileException e) {
            return true; // It has just been deleted.
        }
    }

    private static Life life(Directory state, String id) {
        try (StateDirectory files = StateDirectory.open(state, List.of(id));
                OpenFile lock = files.openToRead(CheckpointFiles.LOCK)) {
            return lock.isLocked() ? Life.GOING_ON : Life.OVER;
        } catch (FileException e) {
            return Life.UNKNOWN;
        }
    }

    private static String one(Other other, Directory state, byte[] holder) throws FileException {
        if (other.life() == Life.GOING_ON) {
            return "another run, " + other.id() + ", is going on in " + PathText.shown(holder);
        }
        try (StateDirectory files = StateDirectory.open(state, List.of(other.id()))) {
            DeadRun.Told told = DeadRun.told(files);
            byte[] destination = told == null ? holder : told.destination();
            String doubt = other.life() == Life.OVER ? "" : ", or is going on, which nobody can tell";
            return "an earlier run, " + other.id() + ", was not finished" + doubt + "; "
                    + (told == null ? "" : "go on with it: " + command("--resume ", other.id(), destination) + ", or ")
                    + "give it up: " + command("--discard=", other.id(), destination);
        }
    }

    private static String several(List<Other> others, byte[] holder) {
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

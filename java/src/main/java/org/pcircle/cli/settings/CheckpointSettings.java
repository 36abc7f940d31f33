package org.pcircle.cli.settings;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.Measures;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.fs.Entry;
import org.pcircle.fs.FileException;
import org.pcircle.fs.PathText;
import org.pcircle.fs.Stat;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunNames;
import org.pcircle.plan.UsageException;

/**
 * The checkpoint options.
 *
 * @param intervalMs 0: no checkpoints
 * @param id null: a generated ID
 * @param directory null: the usual place
 * @param resume ID of the run to resume, or the path of its checkpoint; null: none
 */
public record CheckpointSettings(
        int intervalMs, @Nullable String id, byte @Nullable [] directory, byte @Nullable [] resume) {

    private static final int INTERVAL_DEFAULT_MS = 60_000;
    private static final int INTERVAL_MIN_MS = 10;

    static CheckpointSettings of(CommandLine line) throws UsageException {
        byte[] resume = line.file(CommandOption.RESUME);
        if (resume != null) {
            refuseOthers(line);
        }
        return new CheckpointSettings(intervalMs(line), id(line), line.file(CommandOption.CHECKPOINT_DIR), resume);
    }

    /** For a run that begins with these roots. */
    public CheckpointOptions begun(List<Root> roots) throws UsageException {
        if (directory == null) {
            return new CheckpointOptions(intervalMs, new byte[0], null);
        }
        try {
            if (!Entry.of(Stat.at(directory, true)).isDirectory()) {
                throw new UsageException("--checkpoint-dir=" + PathText.shown(directory) + ": not a directory");
            }
        } catch (FileException e) {
            throw new UsageException("--checkpoint-dir=" + PathText.shown(directory) + ": " + e.getMessage());
        }
        PathRules.refuseOwnFilesInside(roots, directory);
        return new CheckpointOptions(intervalMs, Arrays.copyOf(directory, directory.length), null);
    }

    private static void refuseOthers(CommandLine line) throws UsageException {
        for (CommandLine.Given given : line.options()) {
            if (!given.option().suitsResumed()) {
                throw new UsageException("--" + given.option().word()
                        + ": a run that is resumed does what it was begun for; leave this out");
            }
        }
    }

    private static int intervalMs(CommandLine line) throws UsageException {
        if (line.has(CommandOption.DRY_RUN)) {
            return 0;
        }
        String value = line.value(CommandOption.CHECKPOINT_INTERVAL);
        if (value == null) {
            return INTERVAL_DEFAULT_MS;
        }
        int millis = Measures.millis(CommandOption.CHECKPOINT_INTERVAL.word(), value);
        return millis == 0 ? 0 : Math.max(INTERVAL_MIN_MS, millis);
    }

    private static @Nullable String id(CommandLine line) throws UsageException {
        String id = line.value(CommandOption.CHECKPOINT_ID);
        if (id == null) {
            return null;
        }
        if (!RunNames.isId(id)) {
            throw new UsageException("--checkpoint-id=" + RawArguments.shown(id)
                    + ": up to 64 letters, digits, dots, dashes and underscores, the first a letter or digit");
        }
        return id;
    }
}

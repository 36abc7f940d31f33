package org.pcircle.cli.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pcircle.cli.console.ProgressKind;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.Measures;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Filter;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;
import org.pcircle.transport.TransportChoice;

/**
 * The settings that all commands share.
 *
 * @param filters --exclude, --include and --exclude-from, in their order
 * @param chunkBytes 0: adapted to size and workers
 * @param outputs paths of the output files, by option
 * @param checkpoints how it can be resumed
 * @param changes how entries are named that the command changes
 * @param verbosity how often --verbose was given
 * @param again options to repeat in the line that resumes the run, with their arguments
 */
public record RunSettings(
        List<CommandLine.Given> filters,
        boolean oneFileSystem,
        long chunkBytes,
        int threads,
        ProgressKind progress,
        int reduceIntervalMs,
        Map<CommandOption, byte[]> outputs,
        TransportChoice transport,
        CheckpointSettings checkpoints,
        List<CommandLine.Given> again,
        ChangeFormat changes,
        int verbosity,
        boolean quiet) {

    private static final List<CommandOption> OUTPUTS = List.of(
            CommandOption.ERRORS,
            CommandOption.STATS,
            CommandOption.REPORT,
            CommandOption.OUTPUT,
            CommandOption.MANIFEST);

    private static final int THREADS_MAX = 1024;
    private static final long CHUNK_BYTES_MIN = 64 * 1024;
    private static final int REDUCE_INTERVAL_DEFAULT_MS = 1000;
    private static final int REDUCE_INTERVAL_MIN_MS = 10;

    /** @param changes how entries are named that the command changes */
    static RunSettings of(CommandLine line, ChangeFormat changes) throws UsageException {
        return new RunSettings(
                filters(line),
                line.has(CommandOption.ONE_FILE_SYSTEM),
                chunkBytes(line),
                threads(line),
                progress(line),
                reduceIntervalMs(line),
                outputs(line),
                line.choice(CommandOption.TRANSPORT, TransportChoice.values(), TransportChoice.AUTO),
                CheckpointSettings.of(line),
                again(line),
                changes,
                line.count(CommandOption.VERBOSE),
                line.has(CommandOption.QUIET));
    }

    /**
     * How a run that begins is done.
     *
     * @param workers of all ranks together
     * @param seed of every random choice
     */
    public RunOptions options(List<Root> roots, int workers, long seed) throws UsageException {
        return options(checkpoints.begun(roots), workers, seed);
    }

    /** How a run is done that takes no checkpoints by itself. */
    public RunOptions options(CheckpointOptions given, int workers, long seed) {
        return RunOptions.of(workers)
                .withCheckpoints(given)
                .withChunkBytes(chunkBytes)
                .withReduceIntervalMs(reduceIntervalMs)
                .withSeed(seed)
                .withChanges(changes);
    }

    /** Whether all failures are listed on stderr. */
    public boolean listsAllFailures() {
        return verbosity > 0;
    }

    /** Whether the summary tells what each rank did. */
    public boolean tellsOfRanks() {
        return verbosity > 1;
    }

    /** Which entries take part. */
    public Selection selection(Filter filter) {
        return new Selection(filter, oneFileSystem);
    }

    private static Map<CommandOption, byte[]> outputs(CommandLine line) throws UsageException {
        Map<CommandOption, byte[]> outputs = new EnumMap<>(CommandOption.class);
        for (CommandOption option : OUTPUTS) {
            byte[] path = line.file(option);
            if (path != null) {
                outputs.put(option, path);
            }
        }
        return outputs;
    }

    private static List<CommandLine.Given> again(CommandLine line) {
        List<CommandLine.Given> again = new ArrayList<>();
        for (CommandLine.Given given : line.options()) {
            CommandOption option = given.option();
            boolean isPlace = option == CommandOption.RESUME || option == CommandOption.CHECKPOINT_DIR;
            if (option.suitsResumed() && !isPlace) {
                again.removeIf(earlier -> earlier.option() == option && option != CommandOption.VERBOSE);
                again.add(given);
            }
        }
        again.sort(Comparator.comparing(CommandLine.Given::option));
        return List.copyOf(again);
    }

    private static List<CommandLine.Given> filters(CommandLine line) {
        List<CommandLine.Given> filters = new ArrayList<>();
        for (CommandLine.Given given : line.options()) {
            CommandOption option = given.option();
            if (option == CommandOption.EXCLUDE
                    || option == CommandOption.INCLUDE
                    || option == CommandOption.EXCLUDE_FROM) {
                filters.add(given);
            }
        }
        return List.copyOf(filters);
    }

    private static long chunkBytes(CommandLine line) throws UsageException {
        String value = line.value(CommandOption.CHUNK_SIZE);
        if (value == null) {
            return 0;
        }
        long bytes = Measures.bytes(CommandOption.CHUNK_SIZE.word(), value);
        if (bytes < CHUNK_BYTES_MIN) {
            throw new UsageException("--chunk-size=" + value + ": less than 64K");
        }
        // Else ranges could not be cloned, or written past the cache.
        return bytes / CHUNK_BYTES_MIN * CHUNK_BYTES_MIN;
    }

    private static int threads(CommandLine line) throws UsageException {
        String value = line.value(CommandOption.THREADS);
        return value == null
                ? Runtime.getRuntime().availableProcessors()
                : Measures.whole(CommandOption.THREADS.word(), value, 1, THREADS_MAX);
    }

    private static ProgressKind progress(CommandLine line) throws UsageException {
        if ("".equals(line.value(CommandOption.PROGRESS))) {
            return ProgressKind.BAR;
        }
        ProgressKind kind = line.choice(CommandOption.PROGRESS, ProgressKind.values(), ProgressKind.AUTO);
        return line.has(CommandOption.QUIET) && !line.has(CommandOption.PROGRESS) ? ProgressKind.NONE : kind;
    }

    private static int reduceIntervalMs(CommandLine line) throws UsageException {
        String value = line.value(CommandOption.REDUCE_INTERVAL);
        if (value == null) {
            return REDUCE_INTERVAL_DEFAULT_MS;
        }
        return Math.max(REDUCE_INTERVAL_MIN_MS, Measures.millis(CommandOption.REDUCE_INTERVAL.word(), value));
    }
}

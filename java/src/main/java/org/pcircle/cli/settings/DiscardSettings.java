package org.pcircle.cli.settings;

import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.plan.UsageException;

/**
 * The settings of fcp --discard.
 *
 * @param id ID of the run
 * @param destination of the run
 */
public record DiscardSettings(RunSettings run, String id, byte[] destination, boolean dryRun) {

    /**
     * Checks a command line.
     *
     * @throws UsageException if options contradict each other, or operands are missing
     */
    public static DiscardSettings of(CommandLine line) throws UsageException {
        for (CommandLine.Given given : line.options()) {
            if (!given.option().suitsDiscarded()) {
                throw new UsageException("--" + given.option().word()
                        + ": nothing is copied with --discard, which deletes what a run has left; leave this out");
            }
        }
        if (line.words().isEmpty()) {
            throw line.missing("DEST is missing");
        }
        if (line.words().size() > 1) {
            throw new UsageException("--discard wants the DEST of the run and nothing else: --discard=ID DEST");
        }
        byte[] destination = RawArguments.bytes(line.words().get(0));
        if (destination.length == 0) {
            throw new UsageException("DEST is an empty path");
        }
        String id = String.valueOf(line.value(CommandOption.DISCARD));
        RunSettings run = RunSettings.of(line, FcpSettings.changes(line));
        return new DiscardSettings(run, id, destination, line.has(CommandOption.DRY_RUN));
    }
}

package org.pcircle.cli.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.pcircle.cli.option.CommandLine;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.cli.option.RawArguments;
import org.pcircle.plan.Filter;
import org.pcircle.plan.UsageException;

/** The filter that --exclude, --include and --exclude-from make together, at rank 0. */
final class PatternOptions {

    /** Bound on a pattern file: each pattern is tried on each name. */
    private static final int PATTERN_BYTES_MAX = 1 << 20;

    private PatternOptions() {}

    /** @param given these options in order */
    static Filter filter(List<CommandLine.Given> given, InputFiles inputs) throws UsageException {
        Filter.Builder filter = new Filter.Builder();
        for (CommandLine.Given option : given) {
            byte[] argument = RawArguments.bytes(option.argument());
            if (option.option() == CommandOption.EXCLUDE_FROM) {
                filter.addLines(false, patternFile(argument, inputs));
            } else {
                filter.add(option.option() == CommandOption.INCLUDE, argument);
            }
        }
        return filter.build();
    }

    private static byte[] patternFile(byte[] path, InputFiles inputs) throws UsageException {
        byte[] patterns;
        try (InputStream file = inputs.open(CommandOption.EXCLUDE_FROM, path)) {
            patterns = file.readNBytes(PATTERN_BYTES_MAX + 1);
        } catch (IOException e) {
            throw InputFiles.unreadable(CommandOption.EXCLUDE_FROM, path, e.getMessage());
        }
        if (patterns.length > PATTERN_BYTES_MAX) {
            throw InputFiles.unreadable(CommandOption.EXCLUDE_FROM, path, "more than 1 MiB of patterns");
        }
        return patterns;
    }
}

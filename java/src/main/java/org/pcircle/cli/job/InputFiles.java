package org.pcircle.cli.job;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.InputFile;
import org.pcircle.fs.PathText;
import org.pcircle.plan.UsageException;

/** The input files of a run, at rank 0: each is read once, from its beginning to its end, so that it may be a pipe. */
final class InputFiles {

    static final byte[] STANDARD_INPUT = {'-'};

    private static final Set<String> STANDARD_INPUTS = Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    private final boolean launched;
    private final Map<String, byte[]> opened = new LinkedHashMap<>();
    private @Nullable CommandOption fromStandardInput;

    /** @param launched whether a launcher has started this process, so that only standard input is inherited */
    InputFiles(boolean launched) {
        this.launched = launched;
    }

    /** Opens the file that an option names; the caller closes it. */
    InputStream open(CommandOption option, byte[] path) throws UsageException {
        String name = new String(path, StandardCharsets.ISO_8859_1);
        if (STANDARD_INPUTS.contains(name)) {
            if (fromStandardInput != null) {
                throw new UsageException("--" + fromStandardInput.word() + " and --" + option.word()
                        + " would both read standard input, which can be read only once");
            }
            fromStandardInput = option;
        }
        opened.put("--" + option.word(), path);
        try {
            return Arrays.equals(path, STANDARD_INPUT) ? InputFile.standardInput() : InputFile.open(path);
        } catch (FileException e) {
            boolean isLeftBehind = launched && e.errno() == Errno.ENOENT.number() && name.startsWith("/dev/fd/");
            throw unreadable(
                    option,
                    path,
                    e.getMessage() + (isLeftBehind ? "; a launcher passes standard input on, and nothing else" : ""));
        }
    }

    /** The exception for a file that cannot be read. */
    static UsageException unreadable(CommandOption option, byte[] path, @Nullable String why) {
        return new UsageException("--" + option.word() + "=" + PathText.shown(path) + ": " + why);
    }

    /** The paths of opened files, by option. */
    Map<String, byte[]> opened() {
        return opened;
    }
}

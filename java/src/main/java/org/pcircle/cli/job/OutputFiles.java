package org.pcircle.cli.job;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pcircle.cli.console.Console;
import org.pcircle.cli.option.CommandOption;
import org.pcircle.fs.Errno;
import org.pcircle.fs.FileException;
import org.pcircle.fs.OutputFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StandardStream;
import org.pcircle.fs.UserOutput;
import org.pcircle.plan.UsageException;

/**
 * The output files of a run, at rank 0. Each is checked before the run begins, so that an unwritable one is found
 * early; nothing is created or emptied by that. At the end each is written, whatever became of the others, and each
 * failure is reported.
 *
 * <p>A file that is the same as stdout or stderr, or is called {@code -}, is written through that descriptor.
 */
final class OutputFiles {

    private static final byte[] STANDARD_OUTPUT = {'-'};
    private static final int NO_STREAM = -1;

    private final Console console;
    private final int creationMask;
    private final boolean launched;
    private final Map<CommandOption, Output> outputs = new EnumMap<>(CommandOption.class);
    private boolean failed;

    /** @param stream the standard stream that the file is; {@link #NO_STREAM} if it is none */
    private record Output(byte[] path, int stream) {

        boolean isError() {
            return stream == StandardStream.ERROR;
        }
    }

    /** Writes the contents of a file; leaves it open. */
    interface Document {
        void write(OutputStream file) throws IOException;
    }

    /** An action that may fail to write. */
    interface Writing {
        void run() throws IOException;
    }

    /**
     * No output files yet.
     *
     * @param creationMask the user's umask, as the process has cleared its own
     * @param launched whether a launcher may pass on the output of this process
     */
    OutputFiles(Console console, int creationMask, boolean launched) {
        this.console = console;
        this.creationMask = creationMask;
        this.launched = launched;
    }

    /** Adds the requested files; fails for one that cannot be written. */
    void want(Map<CommandOption, byte[]> wanted) throws UsageException {
        for (Map.Entry<CommandOption, byte[]> want : wanted.entrySet()) {
            want(want.getKey(), want.getValue());
        }
    }

    private void want(CommandOption option, byte[] path) throws UsageException {
        boolean isStandard = Arrays.equals(path, STANDARD_OUTPUT);
        int stream = isStandard ? StandardStream.OUTPUT : StandardStream.of(path, launched);
        if (stream == StandardStream.INPUT) {
            if (FileIdentity.of(path).isPresent()) {
                throw new UsageException(named(option, path) + ": this file is standard input");
            }
            stream = NO_STREAM; // A terminal or device has no file position to share.
        }
        try {
            if (stream == NO_STREAM) {
                OutputFile.check(path);
            } else {
                StandardStream.checkWritable(stream);
            }
        } catch (FileException e) {
            throw new UsageException(named(option, path) + ": cannot be written: " + Errno.message(e.errno()));
        }
        outputs.put(option, new Output(path, stream));
    }

    /**
     * Fails if an output would overwrite another output or another file of the run.
     *
     * @param others description and path of each other file
     */
    void refuseClashes(Map<String, byte[]> others) throws UsageException {
        Map<FileIdentity, String> taken = new HashMap<>();
        others.forEach((what, path) -> FileIdentity.of(path).ifPresent(file -> taken.put(file, what)));
        for (Map.Entry<CommandOption, Output> output : outputs.entrySet()) {
            byte[] path = output.getValue().path();
            if (output.getValue().stream() != NO_STREAM) {
                continue;
            }
            FileIdentity file = FileIdentity.of(path).orElse(null);
            String other = file == null
                    ? null
                    : taken.put(file, "what --" + output.getKey().word() + " writes");
            if (other != null) {
                throw new UsageException(named(output.getKey(), path) + ": this file is " + other);
            }
        }
    }

    boolean isEmpty() {
        return outputs.isEmpty();
    }

    /** The paths of those that are neither stdout nor stderr. */
    List<byte[]> paths() {
        return outputs.values().stream()
                .filter(output -> output.stream() == NO_STREAM)
                .map(Output::path)
                .toList();
    }

    /** Whether an option wants a file. */
    boolean has(CommandOption option) {
        return outputs.containsKey(option);
    }

    /** Whether an option wants a file that is not one of the two streams. */
    boolean isFile(CommandOption option) {
        return has(option) && wanted(option).stream() == NO_STREAM;
    }

    /** The file of an option, as shown in messages. */
    String shown(CommandOption option) {
        return PathText.shown(wanted(option).path());
    }

    /** Opens the file of an option, to be written in one go, completed and closed by the caller. */
    UserOutput open(CommandOption option) throws IOException {
        Output output = wanted(option);
        return output.stream() == NO_STREAM
                ? OutputFile.replace(output.path(), creationMask)
                : console.stream(output.stream());
    }

    /**
     * Opens the error list, which must be visible while it grows.
     *
     * @param byDefault its path if the option is not given
     * @param append whether an existing list is of the same run
     */
    OutputStream openList(byte[] byDefault, boolean append) throws IOException {
        Output output = outputs.getOrDefault(CommandOption.ERRORS, new Output(byDefault, NO_STREAM));
        return output.stream() == NO_STREAM
                ? OutputFile.create(output.path(), creationMask, append)
                : open(CommandOption.ERRORS);
    }

    /** Writes a file, if it is requested. */
    void write(CommandOption option, Document document) {
        if (!has(option)) {
            return;
        }
        attempt(wanted(option).path(), () -> {
            try (UserOutput target = open(option)) {
                document.write(target);
                target.complete();
            }
        });
    }

    /** Runs an action that writes a file, and reports a failure. A reader of a pipe may leave. */
    void attempt(byte[] file, Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            if (!isReaderGone(e)) {
                failed = true;
                console.error(PathText.shown(file) + ": cannot be written: " + e.getMessage());
            }
        }
    }

    /** Whether a failure only says that a pipe has no reader. */
    static boolean isReaderGone(IOException failure) {
        return failure instanceof FileException file && file.errno() == Errno.EPIPE.number();
    }

    /** Whether an output could not be written. */
    boolean hasFailed() {
        return failed || (console.hasLostErrors() && outputs.values().stream().anyMatch(Output::isError));
    }

    private Output wanted(CommandOption option) {
        Output output = outputs.get(option);
        if (output == null) {
            throw new IllegalStateException("nobody wants --" + option.word());
        }
        return output;
    }

    private static String named(CommandOption option, byte[] path) {
        return "--" + option.word() + "=" + PathText.shown(path);
    }
}

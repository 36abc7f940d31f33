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
import org.pcircle.fs.OwnFile;
import org.pcircle.fs.PathText;
import org.pcircle.fs.StandardStream;
import org.pcircle.fs.UserOutput;
import org.pcircle.plan.UsageException;

/**
 * The files that the user wants of a run, at rank 0. Each is looked at before the run begins, as it would be a pity to find out in the end
 * that it cannot be written; nothing is made or emptied by that. In the end each is tried, whatever became of the others, and each that
 * cannot be written is named.
 *
 * <p>What is the same file as stdout or stderr, or is called {@code -}, is written there, behind what stands there already.
 */
final class OutputFiles {

    private static final byte[] STANDARD_OUTPUT = {'-'};
    private static final int NO_STREAM = -1;

    private final Console console;
    private final int creationMask;
    private final boolean launched;
    private final Map<CommandOption, Output> outputs = new EnumMap<>(CommandOption.class);
    private boolean failed;

    /** @param stream that the file is; {@link #NO_STREAM} if it is none */
    private record Output(byte[] path, int stream) {

        boolean isError() {
            return stream == StandardStream.ERROR;
        }
    }

    /** What stands in a file; leaves it open. */
    interface Document {
        void write(OutputStream file) throws IOException;
    }

    /** What may fail to write. */
    interface Writing {
        void run() throws IOException;
    }

    /**
     * None at first.
     *
     * @param creationMask the user's, as the process has cleared its own
     * @param launched whether what this process says may be passed on by the one that started it
     */
    OutputFiles(Console console, int creationMask, boolean launched) {
        this.console = console;
        this.creationMask = creationMask;
        this.launched = launched;
    }

    /** Takes on those that are wanted; refuses what cannot be written. */
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
            stream = NO_STREAM; // A terminal or device has no position that could be another's.
        }
        try {
            if (stream == NO_STREAM) {
                OwnFile.check(path);
            } else {
                StandardStream.checkWritable(stream);
            }
        } catch (FileException e) {
            throw new UsageException(named(option, path) + ": cannot be written: " + Errno.message(e.errno()));
        }
        outputs.put(option, new Output(path, stream));
    }

    /**
     * Refuses one that would be written over another, or over something else.
     *
     * @param others what each is, and its path
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

    /** The file of an option, as messages name it. */
    String shown(CommandOption option) {
        return PathText.shown(wanted(option).path());
    }

    /** Opens the file of an option, to be written in one go, completed and closed by the caller. */
    UserOutput open(CommandOption option) throws IOException {
        Output output = wanted(option);
        return output.stream() == NO_STREAM
                ? OwnFile.replace(output.path(), creationMask)
                : console.stream(output.stream());
    }

    /**
     * Opens the list of what failed, which is to be seen as it grows.
     *
     * @param byDefault its path if none is wanted
     * @param append whether what stands in it already is of the same run
     */
    OutputStream openList(byte[] byDefault, boolean append) throws IOException {
        Output output = outputs.getOrDefault(CommandOption.ERRORS, new Output(byDefault, NO_STREAM));
        return output.stream() == NO_STREAM
                ? OwnFile.create(output.path(), creationMask, append)
                : open(CommandOption.ERRORS);
    }

    /** Writes a file, if it is wanted. */
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

    /** Writes a file in another way, and says so if it cannot be written. Who reads a pipe may leave it. */
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

    /** Whether a failure says no more than that nobody wants to read on. */
    static boolean isReaderGone(IOException failure) {
        return failure instanceof FileException file && file.errno() == Errno.EPIPE.number();
    }

    /** Whether something could not be written. */
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
